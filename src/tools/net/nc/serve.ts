import type { Socket } from 'node:net'
import { ToolError } from '../../../base/error.js'
import type { Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { connectionOf } from '../connection.js'
import { listenAt } from './listener.js'
import { peerName, say } from './say.js'
import type { NcSettings } from './settings.js'
import { passTraffic } from './traffic.js'

/** Takes one client, or with -k one after the other. Throws `ToolError`. */
export function* serve(settings: NcSettings, io: StageIo): Task<void> {
  const { address, from, family, keepOpen } = settings
  const own = address.kind === 'internet' ? { ...address, host: address.host ?? from.host } : address
  const listener = yield* listenAt(own, family)
  try {
    if (settings.verbose) yield* say(io, `listening at ${listener.name}`)
    do {
      const socket = yield* listener.accept(io.stdout)
      if (!keepOpen) listener.close()
      yield* serveClient(socket, settings, io)
    } while (keepOpen)
  } finally {
    listener.close()
  }
}

/** With -k a client that breaks off is reported, and the next one's turn comes. */
function* serveClient(
  socket: Socket,
  { address, keepOpen, verbose, traffic }: NcSettings,
  io: StageIo,
): Task<void> {
  const name = peerName(socket, address)
  try {
    if (verbose) yield* say(io, `connection from ${name}`)
    yield* passTraffic(connectionOf(socket), { name, isClient: true }, traffic, io)
  } catch (error) {
    if (!keepOpen || !(error instanceof ToolError)) throw error
    yield* say(io, error.message)
  } finally {
    socket.destroy()
  }
}
