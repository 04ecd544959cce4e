import type { Task } from '../../../base/task.js'
import { type LineSource, mergeSources, type Sink, type Sorted } from './merge.js'
import { createRun, readRun, type RunFile } from './run-file.js'
import type { Workshop } from './workshop.js'

/** A run, and how often its lines were merged. */
interface LeveledRun extends RunFile {
  readonly level: number
}

/**
 * Sorted runs in temporary files, in the order of the input. As soon as enough of them were merged equally often they
 * are merged into one, so that no line is written more than a few times and few files are open.
 */
export class Runs {
  readonly #runs: LeveledRun[] = []
  #nextFolder = 0

  constructor(private readonly shop: Workshop) {}

  /** Bytes of the buffers that one more run and the merge of all will take. */
  get buffers(): number {
    return Math.min(this.#runs.length + 2, this.shop.fanIn) * this.shop.blockSize
  }

  get isEmpty(): boolean {
    return this.#runs.length === 0
  }

  /** Merges sources into a new run. */
  *add(sources: readonly Sorted[]): Task<void> {
    this.#runs.push({ ...(yield* this.#write(sources)), level: 0 })
    for (;;) {
      const level = this.#runs.at(-1)?.level ?? 0
      const last = this.#runs.slice(-this.shop.fanIn)
      if (last.length < this.shop.fanIn || last.some((run) => run.level !== level)) return
      yield* this.#mergeLast(this.shop.fanIn, level + 1)
    }
  }

  /** Merges all runs, and the sources after them, into `sink`. */
  *mergeInto(sink: Sink, sources: readonly Sorted[]): Task<void> {
    const { order, equals, holdings, fanIn } = this.shop
    while (this.#runs.length > fanIn)
      yield* this.#mergeLast(Math.min(fanIn, this.#runs.length - fanIn + 1), 0)
    const all = [...this.#runs.splice(0).map((run) => this.#read(run)), ...sources]
    if (all.length > 0) yield* mergeSources(order, all, equals, sink, holdings)
  }

  *#mergeLast(count: number, level: number): Task<void> {
    const runs = this.#runs.splice(-count)
    this.#runs.push({ ...(yield* this.#write(runs.map((run) => this.#read(run)))), level })
  }

  *#write(sources: readonly Sorted[]): Task<RunFile> {
    const { order, equals, holdings, folders } = this.shop
    const folder = folders[this.#nextFolder++ % folders.length] ?? ''
    const writer = createRun(folder, this.shop)
    yield* mergeSources(order, sources, equals, writer, holdings)
    return writer.finish()
  }

  #read(run: RunFile): LineSource {
    const { blockSize, delimiter, holdings } = this.shop
    return readRun(run, blockSize, delimiter, holdings)
  }
}
