import type { Socket } from 'node:net'
import { type Task, until } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import type { Address } from '../address.js'
import { type Connection, connectionOf } from '../connection.js'
import { listenAt, type Listener } from '../nc/listener.js'
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
  const local = commonPlace(address, listener)
  return {
    name: listener.name,
    port: listener.port,
    *next() {
      const socket = yield* listener.accept()
      return new StreamClient(socket, local ?? localPlace(socket), settings)
    },
    close: () => listener.close(),
  }
}

/** Where all clients are connected to; undefined when it is listened at all addresses, and each is to be asked. */
function commonPlace(address: Address, { host, port }: Listener): Place | undefined {
  if (address.kind === 'unix') return { address: address.path, port }
  return host === undefined || host === '::' || host === '0.0.0.0' ? undefined : { address: host, port }
}

function localPlace(socket: Socket): Place {
  return { address: plainAddress(socket.localAddress), port: socket.localPort }
}

/** Who has connected to a stream socket. */
class StreamClient implements Client {
  readonly remote: Place
  #stream: Socket

  constructor(
    private readonly socket: Socket,
    readonly local: Place,
    private readonly settings: ListenSettings,
  ) {
    // Once TLS is spoken, or the client is gone, it can no longer be asked for.
    this.remote = { address: plainAddress(socket.remoteAddress), port: socket.remotePort }
    this.#stream = socket
  }

  *connect(): Task<Connection> {
    const { secure } = this.settings
    if (secure !== undefined) {
      const { secureServer } = yield* until(import('../secure.js'))
      this.#stream = yield* secureServer(this.socket, 'the client', secure)
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
