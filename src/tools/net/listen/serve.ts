import { SystemError, ToolError, WriteError } from '../../../base/error.js'
import { Closed } from '../../../base/io.js'
import { race, Signal, type Task } from '../../../base/task.js'
import type { Environment, NestedOutcome, StageIo } from '../../../base/tool.js'
import { addressName } from '../address.js'
import { longestDelay } from '../delay.js'
import type { Client } from './client.js'
import { Report } from './report.js'
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
  client: Client,
  connectionNumber: number,
  { idleTimeout }: ListenSettings,
  io: StageIo,
): Task<number> {
  const report = new Report(() => nameOf(client, connectionNumber), io)
  try {
    const connection = yield* client.connect()
    const { source, sink } = connection
    const run = io.runNested({
      stdin: source,
      stdout: sink,
      stderr: report,
      env: () => environment(client, connectionNumber),
    })
    const outcome = yield* idleTimeout === undefined ? run : race([run, silence(client, idleTimeout)])
    yield* report.failures(outcome.stages)
    if (connection.failure === undefined) yield* connection.finish()
    return outcome.code
  } catch (error) {
    if (error instanceof Closed) return 0
    if (!(error instanceof ToolError || error instanceof SystemError || error instanceof WriteError))
      throw error
    yield* report.say(error.message)
    return 1
  } finally {
    client.drop()
  }
}

/** Throws when the client is to be given up. */
function* silence(client: Client, milliseconds: number): Task<NestedOutcome> {
  const over = new Signal()
  let missing: string | undefined
  client.onSilence(Math.min(milliseconds, longestDelay), (what) => {
    missing = what
    over.wake()
  })
  while (missing === undefined) yield over
  throw new ToolError(`${missing} for ${milliseconds / 1000} s`)
}

function nameOf({ remote: { address: host, port } }: Client, connectionNumber: number): string {
  return port === undefined ? `client ${connectionNumber}` : addressName({ kind: 'internet', host, port })
}

function environment({ remote, local }: Client, connectionNumber: number): Environment {
  const values: Record<(typeof variables)[number], string> = {
    SLUICE_CONNECTION: String(connectionNumber),
    SLUICE_REMOTE_ADDR: remote.address,
    SLUICE_REMOTE_PORT: String(remote.port ?? ''),
    SLUICE_LOCAL_ADDR: local.address,
    SLUICE_LOCAL_PORT: String(local.port ?? ''),
  }
  return values
}
