import type { Socket } from 'node:net'
import { type Task, until } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { connectionOf } from '../connection.js'
import { listenAt } from '../nc/listener.js'
import { type Client, type Clients, plainAddress } from './client.js'
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
      return streamClient(yield* listener.accept(), settings)
    },
    close: () => listener.close(),
  }
}

function streamClient(socket: Socket, { address, secure }: ListenSettings): Client {
  let stream = socket
  return {
    // Once TLS is spoken, or the client is gone, they can no longer be asked for.
    remote: { address: plainAddress(socket.remoteAddress), port: socket.remotePort },
    local: {
      address: address.kind === 'unix' ? address.path : plainAddress(socket.localAddress),
      port: socket.localPort,
    },
    *connect(name) {
      if (secure !== undefined) {
        const { secureServer } = yield* until(import('../secure.js'))
        stream = yield* secureServer(socket, name, secure)
      }
      return connectionOf(stream)
    },
    onSilence(milliseconds, action) {
      stream.setTimeout(milliseconds, () => action('nothing moved'))
    },
    drop: () => socket.destroy(),
  }
}
