import type { Input } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import { Chunk, type SortedChunk } from './chunk.js'
import type { Runs, Workshop } from './runs.js'

/** Bytes of text that are sorted at a time; small inputs start with less. */
const largestChunk = 4 * 1024 * 1024
const firstChunk = 64 * 1024

/**
 * Reads inputs to their ends and sorts them a chunk at a time. When memory is used up, what is there becomes a run.
 * Returns the chunks that are left.
 */
export class Collector {
  readonly #sorted: SortedChunk[] = []
  readonly #largest: number
  #size: number
  #chunk: Chunk

  /** `budget` is the bytes of memory that the chunks may take. */
  constructor(
    private readonly shop: Workshop,
    private readonly runs: Runs,
    private readonly budget: number,
  ) {
    this.#largest = Math.min(largestChunk, Math.ceil(budget / 8))
    this.#size = Math.min(firstChunk, this.#largest)
    this.#chunk = this.#newChunk(0)
  }

  *read(input: Input): Task<void> {
    for (let batch = yield* input.read(); batch !== undefined; batch = yield* input.read()) {
      for (let at = 0; at < batch.length;) {
        at += this.#chunk.append(batch.subarray(at))
        if (this.#chunk.isFull) yield* this.#turnOver()
      }
    }
    this.#chunk.endLine()
  }

  /** Sorts what was read last, and returns all chunks. */
  finish(): readonly SortedChunk[] {
    if (!this.#chunk.isEmpty) this.#sorted.push(this.#sort())
    return this.#sorted
  }

  *#turnOver(): Task<void> {
    if (this.#chunk.enlargeForLine()) return
    this.#size = Math.min(this.#size * 2, this.#largest)
    const next = this.#newChunk(this.#chunk.restLength)
    this.#sorted.push(this.#sort(next))
    this.#chunk = next
    if (this.shop.holdings.used > this.budget) yield* this.#spill()
  }

  *#spill(): Task<void> {
    const chunks = this.#sorted.splice(0)
    yield* this.runs.add(chunks)
    for (const { text, table } of chunks)
      for (const address of [text, table]) this.shop.holdings.release(address)
  }

  #sort(next?: Chunk): SortedChunk {
    return this.#chunk.sort(this.shop.order, this.shop.unique, next)
  }

  #newChunk(atLeast: number): Chunk {
    return new Chunk(this.shop.holdings, this.shop.delimiter, Math.max(this.#size, atLeast + 1))
  }
}
