import { closeSync } from 'node:fs'
import { allocate, bytesAt, release } from '../kernel/index.js'

/** The kernel memory and the open files of one run, all given back by `free` however it ends. */
export class Holdings {
  readonly #sizes = new Map<number, number>()
  readonly #files = new Set<number>()
  #used = 0

  /** Bytes of kernel memory in use. */
  get used(): number {
    return this.#used
  }

  /** Kernel memory, as a view; it is not cleared. Throws `ToolError` when there is no more. */
  take(size: number): Buffer {
    const bytes = bytesAt(allocate(size), size)
    this.#sizes.set(bytes.byteOffset, size)
    this.#used += size
    return bytes
  }

  /** A copy of the first `length` bytes in a larger place; the old one is given back. */
  enlarge(bytes: Buffer, length: number, size: number): Buffer {
    const larger = this.take(size)
    larger.set(bytes.subarray(0, length))
    this.release(bytes.byteOffset)
    return larger
  }

  /** The first `length` bytes, in a smaller place where that saves much. */
  shrink(bytes: Buffer, length: number): Buffer {
    if (length * 2 > bytes.length) return bytes.subarray(0, length)
    const smaller = this.take(length)
    smaller.set(bytes.subarray(0, length))
    this.release(bytes.byteOffset)
    return smaller
  }

  release(address: number): void {
    this.#used -= this.#sizes.get(address) ?? 0
    this.#sizes.delete(address)
    release(address)
  }

  /** Looks after an open file. */
  hold(file: number): void {
    this.#files.add(file)
  }

  close(file: number): void {
    this.#files.delete(file)
    closeSync(file)
  }

  free(): void {
    for (const address of this.#sizes.keys()) release(address)
    for (const file of this.#files) closeSync(file)
    this.#sizes.clear()
    this.#files.clear()
    this.#used = 0
  }
}
