import { headroom, type Input, type Output } from '../base/io.js'
import type { Task } from '../base/task.js'
import { kernel } from './exports.js'
import { GrowingBytes } from './grow.js'
import { bytesAt } from './memory.js'

/** An input as batches of whole lines, for stages that look at a line at a time. */
export interface WholeLines {
  /**
   * The next lines: every one ends with the delimiter, except perhaps the input's very last. Undefined at the
   * end. The view is the caller's until the next call.
   */
  read(): Task<Buffer | undefined>
  /** Sends [from, to) of the view last read to `output`, without a copy where it can. The view is gone then. */
  pass(output: Output, from?: number, to?: number): Task<void>
  /** Gives back the last `count` bytes of the view last read, and what was read beyond it. See `Input.unread`. */
  unread(count: number): void
}

/** What is cut into lines. One that only looks at them need not pass them on. */
export type LineSource = Pick<Input, 'read' | 'unread' | 'onClose'> & Partial<Pick<Input, 'pass'>>

/**
 * Cuts an input into batches of whole lines. The piece of a line that a batch ends with is kept, and put into
 * the headroom of the next batch; a longer one is gathered in a place of its own.
 */
export function wholeLines(input: LineSource, delimiter = 0x0a): WholeLines {
  return new Cut(input, delimiter)
}

/** A class: many pipelines may begin at once, and a generator function of each one's own would run slowly. */
class Cut implements WholeLines {
  #carry = new GrowingBytes()
  #gathered = new GrowingBytes()
  #view: Buffer | undefined
  /** How far the view starts before the input's own batch; undefined when it lies elsewhere. */
  #shift: number | undefined

  constructor(
    private readonly input: LineSource,
    private readonly delimiter: number,
  ) {
    input.onClose(() => {
      this.#carry.free()
      this.#gathered.free()
    })
  }

  *read(): Task<Buffer | undefined> {
    const carry = this.#carry
    this.#gathered.clear()
    for (;;) {
      const batch = yield* this.input.read()
      if (batch === undefined) return carry.length === 0 ? undefined : this.#takeCarry()
      const from = batch.byteOffset
      const cut = (kernel.findLastByte(from, from + batch.length, this.delimiter) >>> 0) + 1 - from
      if (cut === 0) {
        carry.append(batch)
        continue
      }
      let view: Buffer
      if (carry.length <= headroom) {
        view = bytesAt(from - carry.length, carry.length + cut)
        view.set(carry.bytes)
        this.#view = view
        this.#shift = carry.length
        carry.clear()
      } else {
        carry.append(batch.subarray(0, cut))
        view = this.#takeCarry()
      }
      this.#carry.append(batch.subarray(cut))
      return view
    }
  }

  *pass(output: Output, from = 0, to = this.#view?.length ?? 0): Task<void> {
    const view = this.#view
    if (view === undefined) return
    if (this.#shift === undefined || this.input.pass === undefined) output.append(view.subarray(from, to))
    else yield* this.input.pass(output, from - this.#shift, to - this.#shift)
    this.#view = undefined
  }

  unread(count: number): void {
    this.input.unread(count + this.#carry.length)
    this.#carry.clear()
  }

  #takeCarry(): Buffer {
    const taken = this.#carry
    this.#carry = this.#gathered
    this.#gathered = taken
    this.#shift = undefined
    this.#view = taken.bytes
    return this.#view
  }
}
