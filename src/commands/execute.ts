import { workingFolder } from '../base/path.js'
import { lookUp } from '../lookup.js'
import { startThread } from '../threads.js'
import type { PlanList } from '../plan/plan.js'
import { renderDescription } from '../render/help.js'
import { renderFailures } from '../report/outcome.js'
import { endBy } from './end-by.js'
import { asProcesses } from '../run/processes.js'
import type { Frame } from '../run/ends.js'
import type { Host } from '../run/host.js'
import {
  isAsynchronous,
  processFrame,
  runAlone,
  runBeside,
  type RunHandle,
  type RunResult,
} from '../run/index.js'

export interface ExecuteOptions {
  readonly engine?: 'inline' | 'processes'
  /** Measures what each stage does, and is told when the run is over. */
  readonly measured?: (result: RunResult) => void
  /** The descriptor for the run's output; this process's standard output if it does not say. */
  readonly output?: number
  readonly readSize?: number
  /** A tool that runs as a command of its own says itself what there is to say. */
  readonly isOneTool?: boolean
}

/** Runs a plan as this process's work, and gives the exit code; an interrupt or SIGPIPE ends the process itself. */
export async function execute(
  plan: PlanList,
  { engine, measured, output = 1, readSize, isOneTool = false }: ExecuteOptions = {},
): Promise<number> {
  const list = engine === 'processes' ? asProcesses(plan) : plan
  const place = { env: process.env, cwd: workingFolder() }
  const options = {
    ...place,
    lookUp: (argv: readonly string[]) => lookUp(argv, place),
    describe: renderDescription,
    startThread,
    ...(readSize === undefined ? {} : { readSize }),
    measures: measured !== undefined,
  }
  const frameOf = (host: Host): Frame => processFrame(list, host, output)
  if (!isAsynchronous(list)) return report(runAlone(list, options, frameOf))
  return await untilSignal(runBeside(list, options, frameOf), report)

  function report(result: RunResult): number {
    const { status, ended } = result
    measured?.(result)
    const failures = isOneTool ? '' : renderFailures(ended)
    // Naming process.stderr alone costs milliseconds.
    if (failures !== '') process.stderr.write(failures)
    // Our own reader is gone: end as a filter ends, so that a shell sees what it sees of any command.
    if (status.signal === 'SIGPIPE' && status.class === 'ok') endBy('SIGPIPE')
    return status.code
  }
}

const interrupts: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** The exit code of a run. A signal stops the run, and then ends this process by the same signal. */
async function untilSignal(run: RunHandle, report: (result: RunResult) => number): Promise<number> {
  let stopping: Promise<void> | undefined
  const listener = (signal: NodeJS.Signals): void => {
    stopping ??= run.stop(signal).then(() => endBy(signal))
  }
  for (const signal of interrupts) process.on(signal, listener)
  try {
    const result = await run.result
    // It may have ended by itself, because it was asked to.
    if (stopping !== undefined) await stopping
    return report(result)
  } catch (error) {
    if (stopping === undefined) throw error
    await stopping
    return 1
  } finally {
    for (const signal of interrupts) process.removeListener(signal, listener)
  }
}
