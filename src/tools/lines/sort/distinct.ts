import { hashSeed, kernel, wordsAt } from '../../../kernel/index.js'
import type { Holdings } from '../../holdings.js'
import type { Counter } from './countable.js'
import { entrySize } from './entry.js'

/** Different lines with how often each came, in a hash table. */
export class DistinctLines {
  readonly #table: Uint32Array
  readonly #blocks: Block[] = []
  /** The slots, and room behind them for the entries that will stand in their place. */
  #room: Buffer
  /** Bytes of the records' blocks. */
  #recordBytes = 0

  /**
   * `most` is how much it is going to hold at most, about: it begins with a small part of that, if not with `slots`.
   * `isListed` says that the lines will be listed.
   */
  constructor(
    private readonly holdings: Holdings,
    delimiter: number,
    private readonly most: number,
    private readonly isListed: boolean,
    slots = 2 ** Math.floor(Math.log2(Math.max(8, Math.min(firstSlots, most / 64)))),
  ) {
    this.#table = wordsAt(holdings.take(tableSize).byteOffset, tableSize / 4).fill(0)
    this.#room = this.#takeSlots(slots)
    this.#table[word.delimiter] = delimiter
    this.#table[word.seed] = hashSeed
  }

  /** How many different lines there are. */
  get count(): number {
    return this.#table[word.records] ?? 0
  }

  /** Bytes of memory that it takes, or will take when it is listed. */
  get size(): number {
    return this.#recordBytes + Math.max(this.#slotBytes, this.isListed ? this.count * entrySize : 0)
  }

  /** How many slots it has. */
  get slots(): number {
    return (this.#table[word.mask] ?? 0) + 1
  }

  get #slotBytes(): number {
    return this.slots * slotSize
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

  /**
   * Counts up to the first line for which more memory is needed than `mayHold` allows, but one line at least. Says
   * whether that was all.
   */
  add(count: Counter, mayHold: (size: number) => boolean): boolean {
    while (!count(this.#table.byteOffset)) {
      const needed = this.#table[word.needed] ?? 0
      const more = needed === 0 ? this.#slotBytes * 2 : this.#blockSize(needed)
      if (!mayHold(this.size + more) && this.count > 0) return false
      if (needed === 0) this.#doubleSlots()
      else this.#addBlock(needed)
    }
    return true
  }

  /** The lines as a table of entries, in the order in which they came first. Nothing can be added any more. */
  list(): { readonly entries: number; readonly end: number } {
    this.#closeBlock()
    const entries = this.#room.byteOffset
    let end = entries
    for (const { address, used } of this.#blocks) end = kernel.listRecords(address, address + used, end) >>> 0
    return { entries, end }
  }

  /** The records, block by block, in the order in which the lines came first; a block is given back behind the next. */
  *records(): Generator<{ readonly from: number; readonly to: number }> {
    this.#closeBlock()
    this.holdings.release(this.#room.byteOffset)
    for (const { address, used } of this.#blocks.splice(0)) {
      yield { from: address, to: address + used }
      this.holdings.release(address)
    }
  }

  /** How many bytes the records of each bucket take (buckets.ts). */
  measureBuckets(): Uint32Array {
    this.#closeBlock()
    const sizes = wordsAt(this.holdings.take(4 * bucketCount).byteOffset, bucketCount).fill(0)
    for (const { address, used } of this.#blocks)
      kernel.measureBuckets(address, address + used, sizes.byteOffset)
    const copy = sizes.slice()
    this.holdings.release(sizes.byteOffset)
    return copy
  }

  /** Copies all records, the buckets to addresses of which each has room for its own. */
  copyBuckets(addresses: readonly number[]): void {
    this.#closeBlock()
    const places = wordsAt(this.holdings.take(4 * bucketCount).byteOffset, bucketCount)
    places.set(addresses)
    for (const { address, used } of this.#blocks)
      kernel.scatterRecords(address, address + used, places.byteOffset)
    this.holdings.release(places.byteOffset)
  }

  /** Copies a bucket's records to an address; returns where they end. */
  copyBucket(bucket: number, to: number): number {
    return kernel.copyBucket(this.#table.byteOffset, bucket, to) >>> 0
  }

  #doubleSlots(): void {
    const old = this.#room.byteOffset
    const size = this.#slotBytes
    this.#room = this.#takeSlots((size / slotSize) * 2)
    kernel.moveRecords(this.#table.byteOffset, old, old + size)
    this.holdings.release(old)
  }

  #takeSlots(count: number): Buffer {
    const room = this.holdings.take(count * (this.isListed ? Math.max(slotSize, entrySize / 2) : slotSize))
    room.fill(0, 0, count * slotSize)
    this.#table[word.slots] = room.byteOffset
    this.#table[word.mask] = count - 1
    this.#table[word.shift] = 32 - Math.log2(count)
    return room
  }

  /** Blocks grow, so that few lines take little and many take few blocks. */
  #blockSize(needed: number): number {
    const usual = Math.min(firstBlock * 2 ** this.#blocks.length, largestBlock, this.most / 16)
    return Math.max(needed, Math.floor(usual))
  }

  #addBlock(needed: number): void {
    this.#closeBlock()
    const size = this.#blockSize(needed)
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
const word = {
  slots: 0,
  mask: 1,
  records: 2,
  next: 3,
  roomEnd: 4,
  delimiter: 5,
  needed: 6,
  seed: 7,
  shift: 8,
}
const tableSize = 36
const slotSize = 8

/** How many buckets there are; src/kernel/assembly/buckets.ts has as many. */
export const bucketCount = 1024

const firstSlots = 4096
const firstBlock = 64 * 1024
const largestBlock = 4 * 1024 * 1024
