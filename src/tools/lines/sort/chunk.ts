import { kernel } from '../../../kernel/index.js'
import type { Holdings } from '../../holdings.js'

/** Lines in memory, sorted: their text, and the table of their entries in order. */
export interface SortedChunk {
  readonly text: number
  readonly table: number
  readonly tableEnd: number
}

/** Bytes of a line's entry in a table. */
export const entrySize = 24

/**
 * Text as it is read, up to a size at which its lines are sorted. That is small enough for a processor's cache, and a
 * chunk stands for itself, so that several could be sorted at once.
 */
export class Chunk {
  #text: Buffer
  #length = 0
  #lines = 0

  constructor(
    private readonly holdings: Holdings,
    private readonly delimiter: number,
    size: number,
  ) {
    this.#text = holdings.take(size)
  }

  get isEmpty(): boolean {
    return this.#length === 0
  }

  /** No line more fits, or the table of many short ones would be too large. */
  get isFull(): boolean {
    return this.#length === this.#text.length || this.#lines * entrySize > 2 * this.#text.length
  }

  /** How much of a line that is still being read it ends with. */
  get restLength(): number {
    return this.#text.byteOffset + this.#length - this.#linesEnd
  }

  get #linesEnd(): number {
    const text = this.#text.byteOffset
    return (kernel.findLastByte(text, text + this.#length, this.delimiter) >>> 0) + 1
  }

  /** Adds the beginning of `bytes`, and returns how much that is. */
  append(bytes: Buffer): number {
    const count = Math.min(bytes.length, this.#text.length - this.#length)
    const to = this.#text.byteOffset + this.#length
    this.#lines += kernel.copyText(bytes.byteOffset, count, to, this.delimiter)
    this.#length += count
    return count
  }

  /** Ends the last line where the input did not. */
  endLine(): void {
    if (this.#length === 0 || this.#text[this.#length - 1] === this.delimiter) return
    if (this.#length === this.#text.length) this.#enlarge(this.#length + 1)
    this.#text[this.#length++] = this.delimiter
    this.#lines++
  }

  /** Makes room in a chunk that holds nothing but the beginning of a line; false when it holds a whole one. */
  enlargeForLine(): boolean {
    if (this.#lines > 0) return false
    this.#enlarge(this.#text.length * 2)
    return true
  }

  /** Sorts the whole lines. The beginning of one that follows them goes to `next`. */
  sort(order: number, unique: boolean, next?: Chunk): SortedChunk {
    const text = this.#text.byteOffset
    const end = this.#linesEnd
    next?.append(this.#text.subarray(end - text, this.#length))
    const table = this.holdings.take(this.#lines * entrySize).byteOffset
    const tableEnd = table + this.#lines * entrySize
    kernel.tableLines(text, end, this.delimiter, table)
    kernel.sortTable(order, table, tableEnd)
    return { text, table, tableEnd: unique ? kernel.uniqueLines(order, table, tableEnd) >>> 0 : tableEnd }
  }

  #enlarge(size: number): void {
    this.#text = this.holdings.enlarge(this.#text, this.#length, size)
  }
}
