import { batchSize } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import { LeveledRuns } from './levels.js'
import { type LineSource, mergeSources, type Sink, type Sorted } from './merge.js'
import { readRun, type RunFile, type RunWriter, runWriters } from './run-file.js'
import type { Workshop } from './workshop.js'

/** Sorted runs in temporary files, in the order of the input. */
export class Runs {
  readonly #runs: LeveledRuns<RunFile>
  readonly #create: () => RunWriter

  constructor(private readonly shop: Workshop) {
    this.#create = runWriters(shop)
    this.#runs = new LeveledRuns(shop.fanIn, (runs) => this.#write(this.#readAll(runs)))
  }

  /** Bytes of the buffers that one more run and the merge of all will take. */
  get buffers(): number {
    const { fanIn, blockSize, equals, memory } = this.shop
    // Counted lines become text on their way into a merge, and again behind it.
    const text = equals === 'sum' ? Math.min(2 * batchSize, memory.part / 4) : 0
    return Math.min(this.#runs.count + 2, fanIn) * blockSize + text
  }

  get isEmpty(): boolean {
    return this.#runs.count === 0
  }

  /** Merges sources into a new run. */
  *add(sources: readonly Sorted[]): Task<void> {
    yield* this.#runs.add(yield* this.#write(sources))
  }

  /** Merges all runs, and the sources after them, into `sink`. */
  *mergeInto(sink: Sink, sources: readonly Sorted[]): Task<void> {
    const { order, equals, holdings } = this.shop
    const all = [...this.#readAll(yield* this.#runs.take()), ...sources]
    if (all.length > 0) yield* mergeSources(order, all, equals, sink, holdings)
  }

  *#write(sources: readonly Sorted[]): Task<RunFile> {
    const { order, equals, holdings, memory } = this.shop
    const writer = this.#create()
    yield* memory.free(mergeSources(order, sources, equals, writer, holdings))
    return writer.finish()
  }

  #readAll(runs: readonly RunFile[]): readonly LineSource[] {
    const { blockSize, delimiter, holdings } = this.shop
    return runs.map((run) => readRun(run, blockSize, delimiter, holdings))
  }
}
