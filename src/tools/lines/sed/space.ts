import { allocate, bytesAt, grownSize, kernel, release, resize } from '../../../kernel/index.js'
import type { Text } from '../../../kernel/regex/index.js'
import { SpaceWord } from './layout.js'

/** Where bytes are added to: a space being rebuilt, or an output. */
export interface Target {
  /** Room for `size` bytes at the returned address; `advance` says how many were written. */
  reserve(size: number): number
  advance(size: number): void
}

const smallest = 256

/**
 * The pattern space, the hold space, or the spare block that the next pattern space is made in. What it holds lies in its
 * block, or in the input's batch as long as it is lines as they were read: src/kernel/assembly/sed-space.ts moves it.
 */
export class Space {
  constructor(private readonly words: Uint32Array) {
    words[SpaceWord.block] = words[SpaceWord.from] = words[SpaceWord.to] = allocate(smallest)
    words[SpaceWord.capacity] = smallest
    words[SpaceWord.isTerminated] = 1
    words[SpaceWord.isInBatch] = 0
  }

  get address(): number {
    return this.#word(SpaceWord.from)
  }

  get length(): number {
    return this.#word(SpaceWord.to) - this.address
  }

  /** Whether a delimiter is to stand behind it: the input's last line may have lacked one. */
  get isTerminated(): boolean {
    return this.#word(SpaceWord.isTerminated) === 1
  }

  get bytes(): Buffer {
    return bytesAt(this.address, this.length)
  }

  get text(): Text {
    const { bytes } = this
    return { batch: bytes, from: 0, to: bytes.length }
  }

  /** Makes the block larger. */
  grow(size: number): void {
    const { words } = this
    const capacity = this.#word(SpaceWord.capacity)
    if (size <= capacity) return
    const larger = grownSize(capacity, size)
    const old = this.#word(SpaceWord.block)
    const block = resize(old, larger)
    words[SpaceWord.block] = block
    words[SpaceWord.capacity] = larger
    if (this.#word(SpaceWord.isInBatch) === 0) this.#show(block + (this.address - old), this.length)
  }

  /** Copies the bytes out of the input's batch, which is about to go. */
  keep(): void {
    if (this.#word(SpaceWord.isInBatch) === 0) return
    const { length } = this
    this.grow(length)
    kernel.copyBytes(this.address, this.address + length, this.#word(SpaceWord.block))
    this.#showBlock(length)
  }

  clear(): void {
    this.#showBlock(0)
  }

  /** Begins to write new bytes, in the place of all that it held: likely so many. */
  beginRebuild(size: number): Target {
    this.clear()
    this.grow(size)
    return {
      reserve: (size) => {
        this.grow(this.length + size)
        return this.#word(SpaceWord.to)
      },
      advance: (size) => {
        this.words[SpaceWord.to] = this.#word(SpaceWord.to) + size
      },
    }
  }

  /** Takes what another's block holds, and gives its own block for it. */
  take(other: Space): void {
    for (const index of [SpaceWord.block, SpaceWord.capacity, SpaceWord.from, SpaceWord.to]) {
      const own = this.#word(index)
      this.words[index] = other.#word(index)
      other.words[index] = own
    }
    this.words[SpaceWord.isInBatch] = 0
  }

  free(): void {
    release(this.#word(SpaceWord.block))
  }

  #showBlock(length: number): void {
    this.#show(this.#word(SpaceWord.block), length)
    this.words[SpaceWord.isInBatch] = 0
  }

  #show(from: number, length: number): void {
    this.words[SpaceWord.from] = from
    this.words[SpaceWord.to] = from + length
  }

  #word(index: number): number {
    return this.words[index] ?? 0
  }
}
