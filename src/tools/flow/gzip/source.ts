import type { Input } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import { allocate, bytesAt, release } from '../../../kernel/index.js'
import { endOfFile } from './failure.js'

/** Compressed bytes in kernel memory, for a kernel and for single bytes in turn. */
export class Source {
  /** What was read and not yet used: addresses. */
  from = 0
  to = 0
  /** Nothing follows `to`. */
  isEnd = false
  #bytesRead = 0
  /** A place that input positions may stand in, with some bytes before it, when there is no batch. */
  readonly #rest = allocate(restSize)

  constructor(
    private readonly input: Input,
    private readonly name: string,
  ) {
    this.from = this.to = this.#rest + restSize
  }

  /** How many bytes were used. */
  get used(): number {
    return this.#bytesRead - (this.to - this.from)
  }

  /** Reads on once all is used. */
  *fill(): Task<void> {
    const batch = yield* this.input.read()
    this.isEnd = batch === undefined
    this.from = batch?.byteOffset ?? this.#rest + restSize
    this.to = this.from + (batch?.length ?? 0)
    this.#bytesRead += batch?.length ?? 0
  }

  /** The next byte, undefined at the end. */
  *next(): Task<number | undefined> {
    if (this.from === this.to && !this.isEnd) yield* this.fill()
    if (this.from === this.to) return undefined
    return bytesAt(this.from++, 1)[0]
  }

  /** The next byte. Throws `Failure` at the end. */
  *demand(): Task<number> {
    const byte = yield* this.next()
    if (byte === undefined) throw endOfFile(this.name)
    return byte
  }

  /** All that is left of what was read. */
  takeAll(): Buffer {
    const bytes = bytesAt(this.from, this.to - this.from)
    this.from = this.to
    return bytes
  }

  free(): void {
    release(this.#rest)
  }
}

const restSize = 16
