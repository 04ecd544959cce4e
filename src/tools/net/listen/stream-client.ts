import type { Socket } from 'node:net'
import { type Task, until } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { type Connection, connectionOf } from '../connection.js'
import { listenAt } from '../nc/listener.js'
import { type Client, type Clients, type Place, plainAddress } from './client.js'
import { firstHandedOver, isHandedOver } from './handed-over.js'
import type { ListenSettings } from './settings.js'

/** Those that connect to a stream socket. Throws `ToolError`. */
export function* streamClients(settings: ListenSettings, io: StageIo): Task<Clients> {
  const { address, backlog } = settings
  const listener = yield* listenAt(address, undefined, {
    backlog,
    ...(isHandedOver(io.env) ? { fd: firstHandedOver } : {}),
  })
  return {
    name: listener.name,
    port: listener.port,
    *next() {
      return new StreamClient(yield* listener.accept(), settings)
    },
    close: () => listener.close(),
  }
}

/** Who has connected to a stream socket. */
class StreamClient implements Client {
  readonly remote: Place
  readonly local: Place
  #stream: Socket

  constructor(
    private readonly socket: Socket,
    private readonly settings: ListenSettings,
  ) {
    const { address } = settings
    // Once TLS is spoken, or the client is gone, they can no longer be asked for.
    this.remote = { address: plainAddress(socket.remoteAddress), port: socket.remotePort }
    this.local = {
      address: address.kind === 'unix' ? address.path : plainAddress(socket.localAddress),
      port: socket.localPort,
    }
    this.#stream = socket
  }

  *connect(name: string): Task<Connection> {
    const { secure } = this.settings
    if (secure !== undefined) {
      const { secureServer } = yield* until(import('../secure.js'))
      this.#stream = yield* secureServer(this.socket, name, secure)
    }
    return connectionOf(this.#stream)
  }

  onSilence(milliseconds: number, action: (what: string) => void): void {
    this.#stream.setTimeout(milliseconds, () => action('nothing moved'))
  }

  drop(): void {
    this.socket.destroy()
  }
}
