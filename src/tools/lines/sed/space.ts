import { allocate, bytesAt, grownSize, kernel, release } from '../../../kernel/index.js'
import type { Text } from '../../../kernel/regex/index.js'
import type { LineSource } from './lines.js'

/** Where bytes are added to: a space being rebuilt, or an output. */
export interface Target {
  /** Room for `size` bytes at the returned address; `advance` says how many were written. */
  reserve(size: number): number
  advance(size: number): void
}

/**
 * The pattern space or the hold space: a range of bytes. It lies in the input's batch as long as it is lines as they were
 * read, else in a block of its own.
 */
export class Space implements Text {
  batch: Buffer
  from = 0
  to = 0
  /** Whether a newline is to stand behind it: the input's last line may have lacked one. */
  isTerminated = true
  /** It is the line in hand, as it was read. */
  isOriginal = false
  /** The batch's address: to ask a buffer for it takes as long as a short line. */
  #base: number
  #own = takeBlock(smallest)
  #spare = takeBlock(smallest)
  #built = 0
  readonly #target: Target = {
    reserve: (size) => {
      this.#spare = grown(this.#spare, this.#built, this.#built + size)
      return this.#spare.address + this.#built
    },
    advance: (size) => {
      this.#built += size
    },
  }

  constructor() {
    this.batch = this.#own.bytes
    this.#base = this.#own.address
  }

  get address(): number {
    return this.#base + this.from
  }

  get length(): number {
    return this.to - this.from
  }

  load(source: LineSource): void {
    this.batch = source.batch
    this.#base = source.base
    this.from = source.start
    this.to = source.end
    this.isTerminated = source.isTerminated
    this.isOriginal = true
  }

  /** Copies the bytes out of the input's batch, which is about to go. */
  keep(): void {
    if (this.batch === this.#own.bytes) return
    const { address, length } = this
    this.#own = grown(this.#own, 0, length)
    kernel.copyBytes(address, address + length, this.#own.address)
    this.#show(0, length)
  }

  /** Adds the source's line in hand behind a delimiter. */
  appendLine({ batch, base, start, end, isTerminated }: LineSource, delimiter: number): void {
    if (this.batch === batch && this.to + 1 === start) {
      this.to = end
      this.isOriginal = false
    } else this.append(delimiter, base + start, end - start)
    this.isTerminated = isTerminated
  }

  append(delimiter: number, address: number, length: number): void {
    this.keep()
    if (this.from > this.length) this.#moveToStart()
    this.#own = grown(this.#own, this.to, this.to + 1 + length)
    this.#own.bytes[this.to] = delimiter
    kernel.copyBytes(address, address + length, this.#own.address + this.to + 1)
    this.#show(this.from, this.to + 1 + length)
  }

  copy(other: Space): void {
    const { length } = other
    this.#own = grown(this.#own, 0, length)
    kernel.copyBytes(other.address, other.address + length, this.#own.address)
    this.#show(0, length)
    this.isTerminated = other.isTerminated
  }

  /** Exchanges the contents of two spaces. */
  exchange(other: Space): void {
    this.keep()
    const { from, to, isTerminated } = this
    const own = this.#own
    this.#own = other.#own
    this.#show(other.from, other.to)
    this.isTerminated = other.isTerminated
    other.#own = own
    other.#show(from, to)
    other.isTerminated = isTerminated
  }

  /** Maps each byte by a table of 256 in kernel memory. */
  translate(table: number): void {
    this.keep()
    kernel.translateInPlace(this.address, this.address + this.length, table)
  }

  clear(): void {
    this.#show(0, 0)
  }

  /** Drops the first `count` bytes. */
  drop(count: number): void {
    this.from += count
    this.isOriginal = false
  }

  /** Begins to write new bytes for the space, which may be made of the old ones. */
  beginRebuild(): Target {
    this.#built = 0
    return this.#target
  }

  /** Puts the bytes that were written in the place of the old ones. */
  endRebuild(): void {
    const old = this.#own
    this.#own = this.#spare
    this.#spare = old
    this.#show(0, this.#built)
  }

  free(): void {
    release(this.#own.address)
    release(this.#spare.address)
  }

  /** What D has dropped again and again must not add up. */
  #moveToStart(): void {
    const { address, length } = this
    kernel.copyBytes(address, address + length, this.#own.address)
    this.#show(0, length)
  }

  #show(from: number, to: number): void {
    this.batch = this.#own.bytes
    this.#base = this.#own.address
    this.from = from
    this.to = to
    this.isOriginal = false
  }
}

const smallest = 256

interface Block {
  readonly bytes: Buffer
  readonly address: number
}

function takeBlock(size: number): Block {
  const address = allocate(size)
  return { bytes: bytesAt(address, size), address }
}

/** The block itself when it is large enough, else a larger one with its first `used` bytes. */
function grown(block: Block, used: number, size: number): Block {
  const { bytes, address } = block
  if (size <= bytes.length) return block
  const larger = takeBlock(grownSize(bytes.length, size))
  kernel.copyBytes(address, address + used, larger.address)
  release(address)
  return larger
}
