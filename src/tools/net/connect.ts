import net, { type Socket } from 'node:net'
import { ToolError } from '../../base/error.js'
import { race, type Task, until } from '../../base/task.js'
import { type Address, addressName } from './address.js'
import { delay } from './delay.js'
import { connectFailure } from './failure.js'

/** Where a connection goes, and how. */
export interface Route {
  readonly address: Address
  /** The only address family that is tried. */
  readonly family?: 4 | 6 | undefined
  /** Where it comes from, on this machine. */
  readonly from?: { readonly host?: string | undefined; readonly port?: number | undefined }
  /** Milliseconds that it may take to be made. */
  readonly timeout?: number | undefined
}

/** Connects a stream socket that may be half open, for `connectionOf`. Throws `ToolError`. */
export function* connect(route: Route): Task<Socket> {
  const { address, timeout = Infinity } = route
  const socket = net.connect(optionsFor(route))
  let isConnected = false
  try {
    yield* race([connected(socket), tooLate(timeout)])
    isConnected = true
    return socket
  } catch (error) {
    throw connectFailure(error, addressName(address))
  } finally {
    if (!isConnected) socket.destroy()
  }

  function* tooLate(milliseconds: number): Task<never> {
    yield* delay(milliseconds)
    throw new ToolError(`connect to ${addressName(address)}: no answer within ${milliseconds / 1000} s`, 1)
  }
}

function optionsFor({ address, family, from = {} }: Route): net.NetConnectOpts {
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

function* connected(socket: Socket): Task<void> {
  yield* until(
    new Promise<void>((resolve, reject) => {
      // The listener stays: what breaks the connection later is kept by the socket.
      socket.on('error', reject).once('connect', resolve)
    }),
  )
}
