import { kernel, wordsAt } from '../../../kernel/index.js'
import type { Holdings } from '../../holdings.js'
import { entrySize } from './entry.js'

/** Different lines with how often each came, in a hash table. */
export class DistinctLines {
  readonly #table: Uint32Array
  readonly #blocks: Block[] = []
  #slots: Buffer
  /** Bytes of the records' blocks. */
  #recordBytes = 0

  constructor(
    private readonly holdings: Holdings,
    delimiter: number,
  ) {
    this.#table = wordsAt(holdings.take(tableSize).byteOffset, tableSize / 4).fill(0)
    this.#slots = holdings.take(firstSlots * slotSize).fill(0)
    this.#table[word.slots] = this.#slots.byteOffset
    this.#table[word.mask] = firstSlots - 1
    this.#table[word.delimiter] = delimiter
    this.#table[word.seed] = Math.random() * 2 ** 32
  }

  /** How many different lines there are. */
  get count(): number {
    return this.#table[word.records] ?? 0
  }

  /** Bytes of memory that it takes, or will take when it is listed. */
  get size(): number {
    return this.#recordBytes + Math.max(this.#slots.length, this.count * entrySize)
  }

  /** Bytes that the records take. */
  get recordBytes(): number {
    return this.#recordBytes
  }

  /** How many lines were counted; all records are looked at for it. */
  lines(): number {
    this.#closeBlock()
    return this.#blocks.reduce(
      (sum, { address, used }) => sum + Number(kernel.sumCounts(address, address + used)),
      0,
    )
  }

  /** Counts the lines of whole lines. */
  add(lines: Buffer): void {
    const to = lines.byteOffset + lines.length
    const table = this.#table.byteOffset
    for (let at = lines.byteOffset; ;) {
      at = kernel.countLines(table, at, to) >>> 0
      if (at === to) return
      const needed = this.#table[word.needed] ?? 0
      if (needed === 0) this.#doubleSlots()
      else this.#addBlock(needed)
    }
  }

  /** The lines as a table of entries, in the order in which they came first. Nothing can be added any more. */
  list(): { readonly entries: number; readonly end: number } {
    this.#closeBlock()
    this.holdings.release(this.#slots.byteOffset)
    const entries = this.holdings.take(this.count * entrySize).byteOffset
    let end = entries
    for (const { address, used } of this.#blocks) end = kernel.listRecords(address, address + used, end) >>> 0
    return { entries, end }
  }

  #doubleSlots(): void {
    const old = this.#slots
    this.#slots = this.holdings.take(old.length * 2).fill(0)
    this.#table[word.slots] = this.#slots.byteOffset
    this.#table[word.mask] = this.#slots.length / slotSize - 1
    kernel.moveRecords(this.#table.byteOffset, old.byteOffset, old.byteOffset + old.length)
    this.holdings.release(old.byteOffset)
  }

  #addBlock(needed: number): void {
    this.#closeBlock()
    const size = Math.max(needed, Math.min(firstBlock * 2 ** this.#blocks.length, largestBlock))
    const address = this.holdings.take(size).byteOffset
    this.#blocks.push({ address, used: 0 })
    this.#recordBytes += size
    this.#table[word.next] = address
    this.#table[word.roomEnd] = address + size
  }

  /** Notes how much of the last block is used. */
  #closeBlock(): void {
    const block = this.#blocks.at(-1)
    if (block !== undefined) block.used = (this.#table[word.next] ?? 0) - block.address
  }
}

interface Block {
  readonly address: number
  used: number
}

// What src/kernel/assembly/distinct.ts reads, in words.
const word = { slots: 0, mask: 1, records: 2, next: 3, roomEnd: 4, delimiter: 5, needed: 6, seed: 7 }
const tableSize = 32
const slotSize = 8

const firstSlots = 4096
const firstBlock = 64 * 1024
const largestBlock = 4 * 1024 * 1024
