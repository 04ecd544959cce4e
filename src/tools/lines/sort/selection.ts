import { batchSize } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import type { Slice } from '../../../base/tool.js'
import { kernel, wordsAt } from '../../../kernel/index.js'
import { entrySize, entryWord } from './entry.js'
import { mergeSources, type Sink } from './merge.js'
import type { Workshop } from './workshop.js'

const piecesAtOnce = 4

/** Keeps lines that may be among the first, or the last, of all. */
export class Selection {
  readonly #limit: Uint32Array
  #isLimited = false

  constructor(
    private readonly shop: Workshop,
    private readonly slice: Slice,
  ) {
    this.#limit = wordsAt(shop.holdings.take(entrySize).byteOffset, entrySize / 4)
  }

  /** Whether so many pieces are worth a merge: the first for its limit, then some at once. */
  isDue(pieces: number): boolean {
    return !this.#isLimited || pieces >= piecesAtOnce
  }

  /** The limit's line is going to be released. */
  forget(): void {
    this.#isLimited = false
  }

  /** Drops the entries of lines behind the limit; returns the table's new end. */
  drop(table: number, end: number): number {
    if (!this.#isLimited) return end
    const isLast = this.slice.which === 'last'
    return kernel.dropEntries(this.shop.order, table, end, this.#limit.byteOffset, isLast) >>> 0
  }

  /** The part of a sorted table that counts. */
  cut(table: number, end: number): readonly [from: number, to: number] {
    const size = this.slice.count * entrySize
    return this.slice.which === 'first'
      ? [table, Math.min(end, table + size)]
      : [Math.max(table, end - size), end]
  }

  /** Merges sorted lines into one piece, cuts that, and sets the limit by it. The pieces are given back. */
  *merge(pieces: readonly Buffer[]): Task<Buffer> {
    const { holdings, order, equals } = this.shop
    const size = pieces.reduce((sum, { length }) => sum + length, 0)
    const merged = holdings.take(size + batchSize)
    let end = 0
    const sink: Sink = {
      reserve: () => merged.byteOffset + end,
      advance: (count) => (end += count),
      *flush() {
        // It stays in memory.
      },
    }
    yield* mergeSources(order, pieces, equals, sink, holdings)
    const best = this.#copyBest(merged.subarray(0, end))
    for (const { byteOffset } of [merged, ...pieces]) holdings.release(byteOffset)
    this.#limitTo(best)
    return best
  }

  #copyBest(sorted: Buffer): Buffer {
    const [from, to] = this.#bestOf(sorted)
    const best = this.shop.holdings.take(to - from)
    best.set(sorted.subarray(from, to))
    return best
  }

  #bestOf({ byteOffset, length }: Buffer): readonly [from: number, to: number] {
    const { which, count } = this.slice
    const end = byteOffset + length
    const { delimiter } = this.shop
    if (which === 'first') {
      const cut = kernel.skipRecords(byteOffset, end, delimiter, count) >>> 0
      return [0, count === 0 ? 0 : cut === 0 ? length : cut - byteOffset]
    }
    const cut = kernel.skipRecordsBack(byteOffset, end, delimiter, count + 1) >>> 0
    return [cut === 0 ? 0 : cut - byteOffset, length]
  }

  /** Lines behind the outermost of the best are not wanted, once there are as many as wanted. */
  #limitTo(best: Buffer): void {
    const { delimiter, order } = this.shop
    const from = best.byteOffset
    const to = from + best.length
    if (best.length === 0 || kernel.countByte(from, to, delimiter) < this.slice.count) return
    const isFirst = this.slice.which === 'first'
    const start = isFirst ? (kernel.findLastByte(from, to - 1, delimiter) >>> 0) + 1 : from
    const end = isFirst ? to - 1 : kernel.findByte(from, to, delimiter) >>> 0
    this.#limit[entryWord.text] = start
    this.#limit[entryWord.length] = end - start
    kernel.prepare(order, this.#limit.byteOffset, 0)
    this.#isLimited = true
  }
}
