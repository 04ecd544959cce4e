import { closeSync, readFileSync } from 'node:fs'
import type { StageOutcome } from '../base/status.js'
import { type Task, until } from '../base/task.js'
import { classify } from '../base/tool.js'
import type { CommandStage } from '../plan/plan.js'
import { type Child, startChild } from './child.js'
import { DirectOutput } from './direct.js'
import type { BatchSource } from './channel.js'
import { borrowSink, borrowSource, type InputEnd, type OutputEnd } from './ends.js'
import { expandWords } from './expand.js'
import { type KernelPipe, makePipes } from './fifo.js'
import type { Meter } from './meter.js'
import { pollReader, pollWriter } from './polled.js'
import { pump } from './pump.js'
import { isInput } from './redirect.js'
import type { StageContext } from './run-stage.js'
import type { Work } from './schedule.js'

/** Runs a command of the system as a real process. */
export function* runCommandStage(stage: CommandStage, context: StageContext): Task<StageOutcome> {
  const { run, table, env, meter, capture } = context
  const { host } = run
  const argv = [stage.name, ...(yield* expandWords(stage.arguments, host.cwd, capture))]
  const { descriptors, pumps, given } = bridge(table, context)

  const child = startChild({ path: stage.path, argv, env, cwd: host.cwd, descriptors })
  run.adopt(child)
  for (const descriptor of given) closeSync(descriptor)
  const stopWatching = meter === undefined ? undefined : watchProcess(child, meter)
  const { code, signal, failure } = yield* until(child.ended)
  stopWatching?.()
  if (failure !== undefined) new DirectOutput(2).text(`sluice: ${failure}\n`)
  for (const work of pumps) yield* run.wait(work)

  return {
    name: stage.name,
    code,
    class: signal === 'SIGPIPE' ? 'ok' : classify(stage.status ?? { trouble: 1, meaning: {} }, code),
    ...(signal === undefined ? {} : { signal }),
    explained: failure !== undefined,
  }
}

interface Bridge {
  readonly descriptors: ReadonlyMap<number, number>
  /** Tasks that move what the process writes into our own memory; they end when it has. */
  readonly pumps: readonly Work<void>[]
  /** Descriptors made for the process alone. */
  readonly given: readonly number[]
}

/** A descriptor for every end: an end that is none gets a kernel pipe and a task that moves the bytes. */
function bridge(ends: ReadonlyMap<number, InputEnd | OutputEnd>, { run, meter }: StageContext): Bridge {
  const measured = (source: BatchSource): BatchSource => meter?.source(source) ?? source
  const descriptors = new Map<number, number>()
  const pumps: Work<void>[] = []
  const given: number[] = []
  const inMemory = [...new Set([...ends.values()].filter((end) => end.descriptor === undefined))]
  const pipes = makePipes(inMemory.length, run.host.temporaryFolder)
  const pipeOf = new Map(inMemory.map((end, index) => [end, pipes[index]]))

  for (const [end, pipe] of pipeOf) {
    if (pipe === undefined) continue
    given.push(isInput(end) ? pipe.read : pipe.write)
    if (isInput(end)) run.start(pump(measured(borrowSource(end)), pollWriter(pipe.write)))
    else pumps.push(run.start(pump(pollReader(pipe.read), meter?.sink(borrowSink(end)) ?? borrowSink(end))))
  }
  for (const [number, end] of ends) {
    const descriptor = end.descriptor ?? ownSide(end, pipeOf.get(end))
    if (descriptor !== undefined) descriptors.set(number, descriptor)
  }
  return { descriptors, pumps, given }
}

function ownSide(end: InputEnd | OutputEnd, pipe: KernelPipe | undefined): number | undefined {
  return isInput(end) ? pipe?.read : pipe?.write
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
