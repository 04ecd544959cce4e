import net, { type Socket } from 'node:net'
import { ToolError } from '../../base/error.js'
import { race, type Task, until } from '../../base/task.js'
import type { Environment } from '../../base/tool.js'
import { type Address, addressName } from './address.js'
import { delay } from './delay.js'
import { connectFailure } from './failure.js'
import { askProxy, type Proxy } from './proxy.js'
import type { SecureSettings } from './secure.js'

/** Where a connection goes, and how. */
export interface Route {
  readonly address: Address
  /** The only address family that is tried. */
  readonly family?: 4 | 6 | undefined
  /** Where it comes from, on this machine. */
  readonly from?: { readonly host?: string | undefined; readonly port?: number | undefined }
  /** Who connects for us. */
  readonly proxy?: Proxy | undefined
  readonly secure?: SecureSettings | undefined
  /** Milliseconds that it may take to be made. */
  readonly timeout?: number | undefined
}

/** Connects a stream socket that may be half open, for `connectionOf`. Throws `ToolError`. */
export function* connect(route: Route, env: Environment): Task<Socket> {
  const { address, proxy, secure, timeout = Infinity } = route
  const place = addressName(address)
  const host = address.kind === 'unix' ? 'localhost' : (address.host ?? 'localhost')
  const first = proxy?.address ?? address
  const socket = net.connect(optionsFor(first, route))
  let isMade = false
  try {
    const made = yield* race([establish(), tooLate()])
    isMade = true
    return made
  } finally {
    if (!isMade) socket.destroy()
  }

  function* establish(): Task<Socket> {
    yield* connected(socket, addressName(first))
    if (proxy !== undefined && address.kind === 'internet')
      yield* askProxy(socket, proxy, { host, port: address.port })
    if (secure === undefined) return socket
    const { secureClient } = yield* until(import('./secure.js'))
    return yield* secureClient(socket, { host, place }, secure, env)
  }

  function* tooLate(): Task<never> {
    yield* delay(timeout)
    throw new ToolError(`connect to ${place}: no answer within ${timeout / 1000} s`, 1)
  }
}

function optionsFor(address: Address, { family, from = {} }: Route): net.NetConnectOpts {
  if (address.kind === 'unix') return { path: address.path, allowHalfOpen: true }
  const { host = 'localhost', port } = address
  return {
    ...{ host, port, allowHalfOpen: true },
    ...(from.host === undefined ? {} : { localAddress: from.host }),
    ...(from.port === undefined ? {} : { localPort: from.port }),
    ...familyOption(family ?? (from.host === undefined ? undefined : net.isIP(from.host))),
  }
}

/** Without a family every address of the host is tried in turn, those of both families alternately (RFC 8305). */
function familyOption(family: number | undefined): { family?: number; autoSelectFamily?: boolean } {
  return family === undefined ? { autoSelectFamily: true } : { family }
}

function* connected(socket: Socket, place: string): Task<void> {
  try {
    yield* until(
      new Promise<void>((resolve, reject) => {
        // The listener stays: what breaks the connection later is kept by the socket.
        socket.on('error', reject).once('connect', resolve)
      }),
    )
  } catch (error) {
    throw connectFailure(error, place)
  }
}
