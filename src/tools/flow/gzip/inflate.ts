import type { Task } from '../../../base/task.js'
import { allocate, bytesAt, kernel, release } from '../../../kernel/index.js'
import { endOfFile, Failure } from './failure.js'
import type { Source } from './source.js'

/** Takes what was decompressed; the view is good until it returns. */
export type Consume = (bytes: Buffer) => Task<void>

const windowSize = 32 * 1024
const bufferSize = windowSize + 128 * 1024

/** Decompresses the deflate streams of the members of one file. */
export class Inflater {
  readonly #state = kernel.createInflate() >>> 0
  readonly #buffer = allocate(bufferSize)
  readonly #positions = bytesAt(this.#state, 8)

  free(): void {
    release(this.#state)
    release(this.#buffer)
  }

  /** Decompresses one stream; throws `Failure` when it is damaged or not whole. */
  *member(source: Source, name: string, consume: Consume): Task<void> {
    kernel.resetInflate(this.#state)
    const start = this.#buffer
    const end = start + bufferSize
    let out = start
    for (;;) {
      const from = out
      const { from: at, to, isEnd } = source
      const result = kernel.inflate(this.#state, at, to, isEnd, start, out, end)
      source.from = this.#positions.readUInt32LE(0)
      out = this.#positions.readUInt32LE(4)
      if (out > from) yield* consume(bytesAt(from, out - from))
      if (result === done) return
      if (result === invalid)
        throw new Failure(`\ngzip: ${name}: invalid compressed data--format violated`, { endsAll: true })
      if (result === truncated) throw endOfFile(name)
      if (result === outputFull) {
        bytesAt(start, bufferSize).copyWithin(0, out - start - windowSize, out - start)
        out = start + windowSize
      } else yield* source.fill()
    }
  }
}

// What the kernel returns; 0 when it needs more input.
const outputFull = 1
const done = 2
const invalid = 3
const truncated = 4
