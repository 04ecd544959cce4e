import type { Work } from '../base/task.js'
import { borrowSink, type EndTable, isInput, type OutputEnd } from './ends.js'
import { makePipes } from './fifo.js'
import type { Meter } from './meter.js'
import { pollReader } from './poll-reader.js'
import { pump } from './pump.js'
import type { Run } from './run.js'

/** A stage's ends as a real process gets them. */
export interface Bridge {
  readonly descriptors: ReadonlyMap<number, number>
  /** Of the first three, those that the process must not have. */
  readonly closed: readonly number[]
  /** Tasks that move what the process writes into our own memory; they end when it has. */
  readonly pumps: readonly Work<void>[]
  /** Descriptors made for the process alone: to be closed here once it has them. */
  readonly given: readonly number[]
}

/** A descriptor for every end: an output that is none gets a kernel pipe and a task that moves the bytes. */
export function bridge(ends: EndTable, run: Run, meter: Meter | undefined): Bridge {
  const descriptors = new Map<number, number>()
  const inMemory = new Set<OutputEnd>()
  for (const [number, end] of ends) {
    const descriptor = isInput(end) ? end.lend(run) : end.descriptor
    if (descriptor !== undefined) descriptors.set(number, descriptor)
    else if (!isInput(end) && end.isClosed !== true) inMemory.add(end)
  }
  const given: number[] = []
  const pumps: Work<void>[] = []
  const pipes = makePipes(inMemory.size, run.host.temporaryFolder)
  for (const [index, end] of [...inMemory].entries()) {
    const pipe = pipes[index]
    if (pipe === undefined) continue
    const sink = borrowSink(end)
    given.push(pipe.write)
    pumps.push(run.start(pump(pollReader(pipe.read, 'stream', run.host, true), meter?.sink(sink) ?? sink)))
    for (const [number, each] of ends) if (each === end) descriptors.set(number, pipe.write)
  }
  return { descriptors, closed: [0, 1, 2].filter((number) => !descriptors.has(number)), pumps, given }
}
