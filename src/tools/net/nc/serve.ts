import type { Socket } from 'node:net'
import { ToolError } from '../../../base/error.js'
import { type Task, until } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { connectionOf } from '../connection.js'
import { listenAt } from './listener.js'
import type { SecureSettings } from '../secure.js'
import { ownAddress, peerName, say } from './say.js'
import type { NcSettings } from './settings.js'
import type { Pass } from './traffic.js'

/** Takes one client, or with -k one after the other. Throws `ToolError`. */
export function* serve(settings: NcSettings, io: StageIo, pass: Pass): Task<void> {
  const { address, family, keepOpen } = settings
  const listener = yield* listenAt(ownAddress(address, settings), family)
  try {
    if (settings.verbose) yield* say(io, `listening at ${listener.name}`)
    do {
      const socket = yield* listener.accept()
      if (!keepOpen) listener.close()
      yield* serveClient(socket, settings, io, pass)
    } while (keepOpen)
  } finally {
    listener.close()
  }
}

/** With -k a client that breaks off is reported, and the next one's turn comes. */
function* serveClient(
  socket: Socket,
  { address, secure, keepOpen, verbose }: NcSettings,
  io: StageIo,
  pass: Pass,
): Task<void> {
  const name = peerName(socket, address)
  try {
    if (verbose) yield* say(io, `connection from ${name}`)
    const stream = secure === undefined ? socket : yield* secured(socket, name, secure)
    yield* pass(connectionOf(stream), { name, isClient: true })
  } catch (error) {
    if (!keepOpen || !(error instanceof ToolError)) throw error
    yield* say(io, error.message)
  } finally {
    socket.destroy()
  }
}

function* secured(socket: Socket, name: string, secure: SecureSettings): Task<Socket> {
  const { secureServer } = yield* until(import('../secure.js'))
  return yield* secureServer(socket, name, secure)
}
