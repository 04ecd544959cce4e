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
  #isStarted = false
  #waits = false
  #place: number | undefined

  constructor(
    private readonly input: Input,
    /** How many bytes it has, if that is known. */
    private readonly size: number | undefined,
    private readonly mayWait: boolean,
    private readonly io: Pick<StageIo, 'isPart' | 'partStart'>,
  ) {}

  *read(): Task<Buffer | undefined> {
    for (;;) {
      const piece = this.#rest.length > 0 ? this.#next() : undefined
      if (piece !== undefined) return piece
      const batch = yield* this.input.read()
      if (batch === undefined) return this.#held > 0 ? this.#takeHeld() : undefined
      if (!this.#isStarted) this.#start()
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
    this.#isStarted = true
    this.#waits = this.mayWait && !this.io.isPart && this.input.isAtHand
    this.#position = this.io.partStart()
  }

  #next(): Buffer | undefined {
    const rest = this.#rest
    const missing = nulWindow - this.#begun(0)
    const waits = this.#waits && this.#position + rest.length !== this.size
    if (this.#held > 0 || (waits && rest.length < missing)) {
      this.#hold(Math.min(rest.length, missing))
      return rest.length < missing ? undefined : this.#takeHeld()
    }
    const whole = waits ? rest.length - this.#begun(rest.length) : rest.length
    const nul = this.isBinary ? 0 : placeOfNul(rest, whole)
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
    const rest = this.#rest
    const isAll = count === rest.length
    this.#rest = isAll ? nothing : rest.subarray(count)
    this.#position += count
    return isAll ? rest : rest.subarray(0, count)
  }

  #hold(count: number): void {
    const place = (this.#place ??= this.#takePlace())
    bytesAt(place + headroom + this.#held, count).set(this.#take(count))
    this.#held += count
  }

  #takePlace(): number {
    const place = allocate(headroom + nulWindow)
    this.onClose(() => release(place))
    return place
  }

  #takeHeld(): Buffer {
    const piece = bytesAt((this.#place ?? 0) + headroom, this.#held)
    this.#held = 0
    this.isBinary ||= placeOfNul(piece, piece.length) < piece.length
    return piece
  }
}

const nothing = Buffer.alloc(0)

/** Where the first NUL of so many bytes stands; `length` where there is none. */
function placeOfNul({ byteOffset }: Buffer, length: number): number {
  return (kernel.findByte(byteOffset, byteOffset + length, 0) >>> 0) - byteOffset
}
