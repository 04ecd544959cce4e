import type { Input } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { kernel } from '../../../kernel/index.js'
import { Chunk } from './chunk.js'
import { openInput } from './inputs.js'
import type { Runs } from './runs.js'
import { Selection } from './selection.js'
import type { Workshop } from './workshop.js'

/** Reads all files; returns what is no run yet. */
export function* collectFiles(
  files: readonly string[],
  io: StageIo,
  collector: Collector,
): Task<readonly Buffer[]> {
  for (const file of files) {
    const input = openInput(io, file)
    yield* collector.read(input)
    input.close()
  }
  return collector.finish()
}

/** The same for inputs that are open. */
export function* collectInputs(inputs: readonly Input[], collector: Collector): Task<readonly Buffer[]> {
  for (const input of inputs) yield* collector.read(input)
  return collector.finish()
}

/** Bytes of text that are sorted at a time. */
const largestChunk = 4 * 1024 * 1024

/** Reads inputs and sorts them a chunk at a time. When memory is used up, what was sorted becomes a run. */
export class Collector {
  readonly #chunk: Chunk
  readonly #selection: Selection | undefined
  #sorted: Buffer[] = []
  #lines = 0

  constructor(
    private readonly shop: Workshop,
    private readonly runs: Runs,
  ) {
    const chunkSize = Math.min(largestChunk, Math.ceil(shop.budget / 8))
    this.#chunk = new Chunk(shop.holdings, shop.delimiter, chunkSize)
    this.#selection = shop.slice && new Selection(shop, shop.slice)
  }

  /** Reads an input to its end. */
  *read(input: Input): Task<void> {
    for (let batch = yield* input.read(); batch !== undefined; batch = yield* input.read())
      yield* this.add(batch)
    this.endLine()
  }

  *add(batch: Buffer): Task<void> {
    for (let at = 0; at < batch.length;) {
      at += this.#chunk.append(batch.subarray(at))
      if (this.#chunk.isFull) yield* this.#sortChunk()
    }
  }

  /** Ends the last line where its input did not. */
  endLine(): void {
    this.#chunk.endLine()
  }

  /** Takes lines that are sorted. */
  keep(sorted: Buffer): void {
    this.#sorted.push(sorted)
  }

  /** How many lines there are to be merged, in runs and in what `finish` returns; only counted for a slice. */
  get lines(): number {
    return this.#lines
  }

  /** Sorts what was read last, and returns all that is no run yet. */
  finish(): readonly Buffer[] {
    if (!this.#chunk.isEmpty) this.#sort()
    return this.#sorted
  }

  *#sortChunk(): Task<void> {
    this.#sort()
    if (this.#selection?.isDue(this.#sorted.length) === true) {
      for (const piece of this.#sorted) this.#lines -= this.#linesOf(piece)
      const best = yield* this.#selection.merge(this.#sorted)
      this.#sorted = [best]
      this.#lines += this.#linesOf(best)
    }
    if (this.shop.holdings.used <= this.shop.budget) return
    const sorted = this.#sorted.splice(0)
    yield* this.runs.add(sorted)
    for (const lines of sorted) this.shop.holdings.release(lines.byteOffset)
    this.#selection?.forget()
  }

  #sort(): void {
    const sorted = this.#chunk.sort(this.shop.order, this.shop.equals, this.#selection)
    this.#sorted.push(sorted)
    this.#lines += this.#linesOf(sorted)
  }

  #linesOf({ byteOffset, length }: Buffer): number {
    if (this.#selection === undefined) return 0
    return kernel.countByte(byteOffset, byteOffset + length, this.shop.delimiter)
  }
}
