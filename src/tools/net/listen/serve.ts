import type { Socket } from 'node:net'
import { SystemError, ToolError, WriteError } from '../../../base/error.js'
import { Closed } from '../../../base/io.js'
import { race, Signal, type Task, until } from '../../../base/task.js'
import type { Environment, NestedOutcome, StageIo } from '../../../base/tool.js'
import { addressName } from '../address.js'
import { connectionOf } from '../connection.js'
import { type Report, reportOf } from './report.js'
import type { ListenSettings } from './settings.js'

/** What each connection tells its pipeline. */
export const variables = [
  'SLUICE_CONNECTION',
  'SLUICE_REMOTE_ADDR',
  'SLUICE_REMOTE_PORT',
  'SLUICE_LOCAL_ADDR',
  'SLUICE_LOCAL_PORT',
] as const

/** Runs the spec for one client, and gives its exit code. What goes wrong is reported, and touches nobody else. */
export function* serveClient(
  socket: Socket,
  connectionNumber: number,
  settings: ListenSettings,
  io: StageIo,
): Task<number> {
  const peer = peerName(socket, connectionNumber)
  const report = reportOf(peer, io)
  // Once TLS is spoken, or the peer is gone, they can no longer be asked for.
  const env = environment(socket, connectionNumber, settings)
  try {
    const stream = settings.secure === undefined ? socket : yield* secured(socket, peer, settings)
    const connection = connectionOf(stream)
    const { source, sink } = connection
    const run = io.runNested({ stdin: source, stdout: sink, stderr: report.sink, env })
    const outcome = yield* settings.idleTimeout === undefined
      ? run
      : race([run, silence(stream, settings.idleTimeout, report)])
    yield* report.outcomes(outcome.stages)
    if (connection.failure === undefined) yield* connection.finish()
    return outcome.code
  } catch (error) {
    if (error instanceof Closed) return 0
    if (!(error instanceof ToolError || error instanceof SystemError || error instanceof WriteError))
      throw error
    yield* report.say(error.message)
    return 1
  } finally {
    socket.destroy()
  }
}

/** Ends when nothing has moved on the connection for so long. */
function* silence(socket: Socket, milliseconds: number, report: Report): Task<NestedOutcome> {
  const over = new Signal()
  let isOver = false
  socket.setTimeout(milliseconds, () => {
    isOver = true
    over.wake()
  })
  while (!isOver) yield over
  yield* report.say(`nothing moved for ${milliseconds / 1000} s`)
  throw new Closed()
}

function* secured(socket: Socket, peer: string, { secure }: ListenSettings): Task<Socket> {
  const { secureServer } = yield* until(import('../secure.js'))
  return secure === undefined ? socket : yield* secureServer(socket, peer, secure)
}

function peerName({ remoteAddress: host, remotePort: port }: Socket, connectionNumber: number): string {
  if (host === undefined || port === undefined) return `client ${connectionNumber}`
  return addressName({ kind: 'internet', host, port })
}

function environment(socket: Socket, connectionNumber: number, { address }: ListenSettings): Environment {
  const values: Record<(typeof variables)[number], string> = {
    SLUICE_CONNECTION: String(connectionNumber),
    SLUICE_REMOTE_ADDR: plainAddress(socket.remoteAddress),
    SLUICE_REMOTE_PORT: String(socket.remotePort ?? ''),
    SLUICE_LOCAL_ADDR: address.kind === 'unix' ? address.path : plainAddress(socket.localAddress),
    SLUICE_LOCAL_PORT: String(socket.localPort ?? ''),
  }
  return values
}

/** An IPv4 address that a socket of both families has as an IPv6 one is told as what it is (RFC 4291 section 2.5.5.2). */
export function plainAddress(address = ''): string {
  return address.replace(/^::ffff:(?=\d+\.)/, '')
}
