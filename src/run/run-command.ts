import { closeSync, readFileSync } from 'node:fs'
import type { StageOutcome } from '../base/status.js'
import { type Task, until } from '../base/task.js'
import { classify } from '../base/tool.js'
import type { CommandStage } from '../plan/plan.js'
import { bridge } from './bridge.js'
import { type Child, type ChildEnd, startChild } from './child.js'
import { expandWords } from './expand.js'
import { tell } from './message.js'
import type { Meter } from './meter.js'
import type { StageContext } from './run.js'

/** Runs a command of the system as a real process. */
export function* runCommandStage(stage: CommandStage, context: StageContext): Task<StageOutcome> {
  const { run, table, frame, env, meter, filling } = context
  const { host } = run
  const argv = [stage.name, ...(yield* expandWords(stage.arguments, host.cwd, filling))]
  const { descriptors, closed, pumps, given } = bridge(table, run, meter)

  const child = startChild({ path: stage.path, argv, env, cwd: host.cwd, descriptors, closed })
  run.adopt(child)
  for (const descriptor of given) closeSync(descriptor)
  const stopWatching = meter === undefined ? undefined : watchProcess(child, meter)
  const { code, signal, failure } = yield* untilEnd(child, stopWatching)
  if (failure !== undefined) yield* tell(frame.stderr, `sluice: ${failure}\n`)
  for (const work of pumps) yield* run.wait(work)

  return {
    name: stage.name,
    code,
    class: signal === 'SIGPIPE' ? 'ok' : classify(stage.status ?? { trouble: 1, meaning: {} }, code),
    ...(signal === undefined ? {} : { signal }),
    explained: failure !== undefined,
  }
}

function* untilEnd({ ended }: Child, stopWatching: (() => void) | undefined): Task<ChildEnd> {
  try {
    return yield* until(ended)
  } finally {
    stopWatching?.()
  }
}

/** Samples a process's memory and times it; the returned function ends that. */
function watchProcess({ pid }: Child, meter: Meter): () => void {
  const start = performance.now()
  const sample = (): void => {
    try {
      const status = readFileSync(`/proc/${pid ?? 0}/status`, 'latin1')
      meter.hold(Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? 0) * 1024)
    } catch {
      // It has just ended, or there is no /proc here.
    }
  }
  sample()
  const timer = setInterval(sample, samplingMilliseconds)
  return () => {
    clearInterval(timer)
    meter.spend(performance.now() - start)
  }
}

const samplingMilliseconds = 20
