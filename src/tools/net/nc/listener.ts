import net, { type Server, type Socket } from 'node:net'
import { Signal, type Task } from '../../../base/task.js'
import { type Address, addressName } from '../address.js'
import { listenFailure } from '../failure.js'
import { removeAbandoned } from './abandoned-socket.js'

/** A socket that listens. */
export interface Listener {
  /** Where it listens, with the port that the system chose. */
  readonly name: string
  /** The address and the port of it; undefined for a Unix socket. */
  readonly host: string | undefined
  readonly port: number | undefined
  /** The next client, for `connectionOf`. */
  accept(): Task<Socket>
  /** Turns away who comes now, and who waits. Idempotent. */
  close(): void
}

/**
 * Listens at an address; without a host, at all of this machine of both families. A Unix socket that a killed server
 * left there is removed. Throws `ToolError`.
 */
export function* listenAt(
  address: Address,
  family: 4 | 6 | undefined,
  more: net.ListenOptions = {},
): Task<Listener> {
  try {
    return yield* bindAt(address, family, more)
  } catch (error) {
    if (address.kind !== 'unix' || !(yield* removeAbandoned(address.path))) throw error
    return yield* bindAt(address, family, more)
  }
}

function* bindAt(address: Address, family: 4 | 6 | undefined, more: net.ListenOptions): Task<Listener> {
  const changed = new Signal()
  const wake = (): void => changed.wake()
  const waiting: Socket[] = []
  let failure: Error | undefined
  const server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true })
  server.on('connection', (socket) => {
    // What breaks the connection is kept by the socket.
    waiting.push(socket.on('error', () => undefined))
    wake()
  })
  server.on('error', (error) => {
    failure = error
    wake()
  })
  server.listen({ ...listenOptions(address, family), ...more }, wake)
  try {
    while (!server.listening && failure === undefined) yield changed
    check()
  } catch (error) {
    server.close()
    throw error
  }
  return {
    ...boundTo(server, address),
    *accept() {
      for (;;) {
        const socket = waiting.shift()
        if (socket !== undefined) return socket
        check()
        yield changed
      }
    },
    close() {
      if (server.listening) server.close()
      for (const socket of waiting.splice(0)) socket.destroy()
    },
  }

  function check(): void {
    if (failure !== undefined) throw listenFailure(failure, addressName(address))
  }
}

function listenOptions(address: Address, family: 4 | 6 | undefined): net.ListenOptions {
  if (address.kind === 'unix') return { path: address.path }
  const { host, port } = address
  if (host !== undefined) return { host, port }
  if (family === undefined) return { port }
  return family === 4 ? { port, host: '0.0.0.0' } : { port, host: '::', ipv6Only: true }
}

function boundTo(server: Server, address: Address): Pick<Listener, 'name' | 'host' | 'port'> {
  const bound = server.address()
  if (bound === null || typeof bound === 'string') {
    return { name: addressName(address), host: undefined, port: undefined }
  }
  const { address: host, port } = bound
  return { name: addressName({ kind: 'internet', host, port }), host, port }
}
