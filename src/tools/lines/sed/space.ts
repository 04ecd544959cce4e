import { GrowingBytes, kernel } from '../../../kernel/index.js'
import type { Text } from '../../../kernel/regex/index.js'
import type { LineSource } from './lines.js'

/**
 * The pattern space or the hold space: a range of bytes. It lies in the input's batch as long as nothing has
 * changed it, else in a place of its own.
 */
export class Space implements Text {
  batch: Buffer
  from = 0
  to = 0
  /** Whether a newline is to stand behind it: the input's last line may have lacked one. */
  isTerminated = true
  /** It is the line in hand, as it was read. */
  isOriginal = false
  #own = new GrowingBytes()
  #spare = new GrowingBytes()

  constructor() {
    // A place in kernel memory, so that kernels may look at an empty space too.
    this.#own.reserve(1)
    this.batch = this.#own.bytes
  }

  get bytes(): Buffer {
    return this.batch.subarray(this.from, this.to)
  }

  load(source: LineSource): void {
    this.batch = source.batch
    this.from = source.start
    this.to = source.end
    this.isTerminated = source.isTerminated
    this.isOriginal = true
  }

  /** Copies the bytes out of the input's batch, which is about to go. */
  keep(): void {
    if (!this.isOriginal) return
    this.#own.clear()
    this.#own.append(this.bytes)
    this.#show()
  }

  append(delimiter: number, bytes: Uint8Array): void {
    this.keep()
    this.#own.append(Uint8Array.of(delimiter))
    this.#own.append(bytes)
    const { from } = this
    this.#show()
    this.from = from
  }

  copy(other: Space): void {
    this.#own.clear()
    this.#own.append(other.bytes)
    this.isTerminated = other.isTerminated
    this.#show()
  }

  /** Exchanges the contents of two spaces. */
  exchange(other: Space): void {
    this.keep()
    const [own, spare, from, to, isTerminated] = [
      this.#own,
      this.#spare,
      this.from,
      this.to,
      this.isTerminated,
    ]
    this.#own = other.#own
    this.#spare = other.#spare
    this.#show()
    this.from = other.from
    this.to = other.to
    this.isTerminated = other.isTerminated
    other.#own = own
    other.#spare = spare
    other.#show()
    other.from = from
    other.to = to
    other.isTerminated = isTerminated
  }

  /** Maps each byte by a table of 256 in kernel memory. */
  translate(table: number): void {
    this.keep()
    kernel.translateInPlace(this.batch.byteOffset + this.from, this.batch.byteOffset + this.to, table)
  }

  clear(): void {
    this.to = this.from
    this.isOriginal = false
  }

  /** Drops the first `count` bytes. */
  drop(count: number): void {
    this.keep()
    this.from += count
  }

  /** Gives the space the bytes that `build` writes, which may look at the old ones; unless it returns false. */
  rebuild(build: (out: GrowingBytes) => boolean): boolean {
    this.#spare.clear()
    if (!build(this.#spare)) return false
    const old = this.#own
    this.#own = this.#spare
    this.#spare = old
    this.#show()
    return true
  }

  free(): void {
    this.#own.free()
    this.#spare.free()
  }

  #show(): void {
    this.#own.reserve(1)
    this.batch = this.#own.bytes
    this.from = 0
    this.to = this.batch.length
    this.isOriginal = false
  }
}
