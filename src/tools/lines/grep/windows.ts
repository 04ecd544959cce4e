import { headroom, type Input, nulWindow } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { allocate, bytesAt, kernel, type LineSource, release } from '../../../kernel/index.js'

/**
 * An input in pieces that are text or binary. GNU grep looks for a NUL in each buffer that it reads; here it is looked for in
 * windows of that size, whatever batches come: from the window with the first one on the input is binary.
 *
 * A window that a batch ends in waits for its rest only where that is at hand, and nothing is to be given back.
 */
export class Windows implements LineSource {
  isBinary = false
  /** What was read and not given yet: the beginning of a window, in a place of its own, and the rest of the input's batch. */
  #held = 0
  #rest: Buffer = nothing
  /** Where the rest begins in the input. */
  #position = 0
  #waits = false
  #place: number | undefined

  constructor(
    private readonly input: Input,
    private readonly mayWait: boolean,
    private readonly io: Pick<StageIo, 'isPart' | 'partStart'>,
  ) {
    this.onClose(() => {
      if (this.#place !== undefined) release(this.#place)
    })
  }

  *read(): Task<Buffer | undefined> {
    for (;;) {
      const piece = this.#rest.length > 0 ? this.#next() : undefined
      if (piece !== undefined) return piece
      const batch = yield* this.input.read()
      if (batch === undefined) return this.#held > 0 ? this.#takeHeld() : undefined
      if (this.#rest === nothing) this.#start()
      if (!this.#waits) this.#position = 0
      this.#rest = batch
    }
  }

  unread(count: number): void {
    this.input.unread(count + this.#rest.length)
  }

  onClose(action: () => void): void {
    this.input.onClose(action)
  }

  /** Of its input's bytes a stage knows this once it has some. A run on a part need not know where a NUL stands. */
  #start(): void {
    this.#waits = this.mayWait && !this.io.isPart && this.input.isAtHand
    this.#position = this.io.partStart()
  }

  #next(): Buffer | undefined {
    const rest = this.#rest
    const missing = nulWindow - this.#begun(0)
    if (this.#waits && (this.#held > 0 || rest.length < missing)) {
      this.#hold(Math.min(rest.length, missing))
      return rest.length < missing ? undefined : this.#takeHeld()
    }
    const whole = this.#waits ? rest.length - this.#begun(rest.length) : rest.length
    const nul = this.isBinary ? 0 : placeOfNul(rest.subarray(0, whole))
    const text = nul === whole ? whole : nul - this.#begun(nul)
    if (text > 0) return this.#take(text)
    this.isBinary = true
    return this.#take(Math.min(whole, missing))
  }

  /** How much of the window that the rest's byte `at` is in stands before it. */
  #begun(at: number): number {
    return (this.#position + at) % nulWindow
  }

  #take(count: number): Buffer {
    const piece = this.#rest.subarray(0, count)
    this.#rest = this.#rest.subarray(count)
    this.#position += count
    return piece
  }

  #hold(count: number): void {
    this.#place ??= allocate(headroom + nulWindow)
    bytesAt(this.#place + headroom + this.#held, count).set(this.#take(count))
    this.#held += count
  }

  #takeHeld(): Buffer {
    const piece = bytesAt((this.#place ?? 0) + headroom, this.#held)
    this.#held = 0
    this.isBinary ||= placeOfNul(piece) < piece.length
    return piece
  }
}

const nothing = Buffer.alloc(0)

/** Where the first NUL stands; the length where there is none. */
function placeOfNul(bytes: Buffer): number {
  return (kernel.findByte(bytes.byteOffset, bytes.byteOffset + bytes.length, 0) >>> 0) - bytes.byteOffset
}
