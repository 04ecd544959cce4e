import { grownSize, kernel } from '../../../kernel/index.js'
import type { Holdings } from '../../holdings.js'
import { entrySize, tailSize } from './entry.js'
import type { Equals } from './merge.js'
import { type Piece, pieceBlock } from './piece.js'
import type { Selection } from './selection.js'

const firstSize = 64 * 1024

/**
 * Text as it is read, up to a size at which its lines are sorted. That is small enough for a processor's cache, and
 * what comes out does not depend on other chunks, so that several could be sorted at once.
 */
export class Chunk {
  #text: Buffer
  #length = 0
  #lines = 0

  constructor(
    private readonly holdings: Holdings,
    private readonly delimiter: number,
    private readonly usualSize: number,
  ) {
    this.#text = holdings.take(Math.min(firstSize, usualSize))
  }

  get isEmpty(): boolean {
    return this.#length === 0
  }

  /** Bytes that sorting it takes beside it. */
  get sortingSize(): number {
    return this.#lines * entrySize + this.#length
  }

  /** Adds the beginning of `bytes`, and returns how much that is: all where the chunk is not full then. */
  append(bytes: Buffer): number {
    if (this.#isFilled && (this.#lines === 0 || this.#text.length < this.usualSize)) this.#enlarge()
    const count = Math.min(bytes.length, this.#text.length - this.#length)
    const to = this.#text.byteOffset + this.#length
    this.#lines += kernel.copyText(bytes.byteOffset, count, to, this.delimiter)
    this.#length += count
    return count
  }

  /** Whether it is time to sort it. */
  get isFull(): boolean {
    return this.#isFilled && this.#lines > 0 && this.#text.length >= this.usualSize
  }

  /** No more text fits, or the table of many short lines would be too large. */
  get #isFilled(): boolean {
    return this.#length === this.#text.length || this.#lines * entrySize > 2 * this.#text.length
  }

  /** Ends the last line where the input did not. */
  endLine(): void {
    if (this.#length === 0 || this.#text[this.#length - 1] === this.delimiter) return
    if (this.#length === this.#text.length) this.#enlarge()
    this.#text[this.#length++] = this.delimiter
    this.#lines++
  }

  /** Gives its memory back. */
  free(): void {
    this.holdings.release(this.#text.byteOffset)
  }

  /**
   * Sorts the whole lines, and returns those that `selection` keeps in memory of their own: in one block, if there is
   * one. The beginning of a line behind them stays.
   */
  sort(order: number, equals: Equals, selection?: Selection): Piece {
    const text = this.#text.byteOffset
    const end = (kernel.findLastByte(text, text + this.#length, this.delimiter) >>> 0) + 1
    const table = this.holdings.take(this.#lines * entrySize).byteOffset
    let tableEnd = table + this.#lines * entrySize
    kernel.tableLines(text, end, this.delimiter, table)
    if (selection !== undefined) tableEnd = selection.drop(table, tableEnd)
    kernel.sortTable(order, table, tableEnd)
    if (equals === 'first') tableEnd = kernel.uniqueLines(order, table, tableEnd) >>> 0
    const [first, last] = selection?.cut(table, tableEnd) ?? [table, tableEnd]
    const piece: Buffer[] = []
    for (let at = first; at < last;) {
      const next = selection === undefined ? kernel.fitEntries(at, last, pieceBlock) >>> 0 : last
      piece.push(equals === 'sum' ? this.#count(at, next) : this.#write(at, next))
      at = next
    }
    this.holdings.release(table)
    this.#keepFrom(end - text)
    return piece
  }

  #write(first: number, last: number): Buffer {
    const sorted = this.holdings.take(kernel.measureEntries(first, last) >>> 0)
    kernel.writeEntries(first, last, this.delimiter, sorted.byteOffset)
    return sorted
  }

  /** Writes each different line once, with its count behind it. */
  #count(first: number, last: number): Buffer {
    const lines = (last - first) / entrySize
    const room = this.holdings.take((kernel.measureEntries(first, last) >>> 0) + lines * tailSize)
    const end = kernel.writeCounts(first, last, this.delimiter, room.byteOffset) >>> 0
    return this.holdings.shrink(room, end - room.byteOffset)
  }

  #keepFrom(start: number): void {
    const rest = this.#text.subarray(start, this.#length)
    const usual = Math.max(this.usualSize, rest.length)
    if (this.#text.length > usual) {
      const smaller = this.holdings.take(usual)
      smaller.set(rest)
      this.holdings.release(this.#text.byteOffset)
      this.#text = smaller
    } else this.#text.copyWithin(0, start, this.#length)
    this.#length = rest.length
    this.#lines = 0
  }

  #enlarge(): void {
    this.#text = this.holdings.enlarge(
      this.#text,
      this.#length,
      grownSize(this.#text.length, this.#text.length + 1),
    )
  }
}
