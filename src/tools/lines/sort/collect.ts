import type { Input } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import { Chunk } from './chunk.js'
import type { Runs, Workshop } from './runs.js'

/** Bytes of text that are sorted at a time. */
const largestChunk = 4 * 1024 * 1024

/** Reads inputs and sorts them a chunk at a time. When memory is used up, what was sorted becomes a run. */
export class Collector {
  readonly #chunk: Chunk
  readonly #sorted: Buffer[] = []

  /** `budget` is the bytes of memory that the text may take. */
  constructor(
    private readonly shop: Workshop,
    private readonly runs: Runs,
    private readonly budget: number,
  ) {
    const chunkSize = Math.min(largestChunk, Math.ceil(budget / 8))
    this.#chunk = new Chunk(shop.holdings, shop.delimiter, chunkSize)
  }

  /** Reads an input to its end. */
  *read(input: Input): Task<void> {
    for (let batch = yield* input.read(); batch !== undefined; batch = yield* input.read()) {
      for (let at = 0; at < batch.length;) {
        at += this.#chunk.append(batch.subarray(at))
        if (this.#chunk.isFull) yield* this.#sortChunk()
      }
    }
    this.#chunk.endLine()
  }

  /** Sorts what was read last, and returns all that is no run yet. */
  finish(): readonly Buffer[] {
    if (!this.#chunk.isEmpty) this.#sorted.push(this.#sort())
    return this.#sorted
  }

  *#sortChunk(): Task<void> {
    this.#sorted.push(this.#sort())
    if (this.shop.holdings.used <= this.budget) return
    const sorted = this.#sorted.splice(0)
    yield* this.runs.add(sorted)
    for (const lines of sorted) this.shop.holdings.release(lines.byteOffset)
  }

  #sort(): Buffer {
    return this.#chunk.sort(this.shop.order, this.shop.unique)
  }
}
