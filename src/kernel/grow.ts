import { allocate, bytesAt, grownSize, release } from './memory.js'

/** Bytes in kernel memory that grow as they are added to; for operator state and long lines. */
export class GrowingBytes {
  #block: Buffer | undefined
  #length = 0

  get length(): number {
    return this.#length
  }

  /** What it holds; the view is good until the next change. */
  get bytes(): Buffer {
    return this.#block?.subarray(0, this.#length) ?? empty
  }

  append(bytes: Uint8Array): void {
    if (bytes.length === 0) return
    this.#ensure(this.#length + bytes.length).set(bytes, this.#length)
    this.#length += bytes.length
  }

  /** Room for `size` bytes behind the others, for kernels to write to; `advance` says how many they wrote. */
  reserve(size: number): number {
    return this.#ensure(this.#length + size).byteOffset + this.#length
  }

  advance(size: number): void {
    this.#length += size
  }

  /** Takes the first `count` bytes out. */
  drop(count: number): void {
    this.#block?.copyWithin(0, count, this.#length)
    this.#length -= count
  }

  clear(): void {
    this.#length = 0
  }

  /** Gives the memory back; the object may be used again. */
  free(): void {
    if (this.#block !== undefined) release(this.#block.byteOffset)
    this.#block = undefined
    this.#length = 0
  }

  #ensure(size: number): Buffer {
    const old = this.#block
    if (old !== undefined && size <= old.length) return old
    const capacity = grownSize(old?.length ?? 256, size)
    const block = bytesAt(allocate(capacity), capacity)
    if (old !== undefined) {
      block.set(old.subarray(0, this.#length))
      release(old.byteOffset)
    }
    this.#block = block
    return block
  }
}

const empty = Buffer.alloc(0)
