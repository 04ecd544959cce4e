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

/**
 * Cuts an input into batches of whole lines. The piece of a line that a batch ends with is kept, and put into
 * the headroom of the next batch; a longer one is gathered in a place of its own.
 */
export function wholeLines(input: Input, delimiter = 0x0a): WholeLines {
  let carry = new GrowingBytes()
  let gathered = new GrowingBytes()
  let view: Buffer | undefined
  /** How far the view starts before the input's own batch; undefined when it lies elsewhere. */
  let shift: number | undefined

  input.onClose(() => {
    carry.free()
    gathered.free()
  })

  return {
    *read() {
      gathered.clear()
      for (;;) {
        const batch = yield* input.read()
        if (batch === undefined) return takeRest()
        const from = batch.byteOffset
        const cut = (kernel.findLastByte(from, from + batch.length, delimiter) >>> 0) + 1 - from
        if (cut === 0) {
          carry.append(batch)
          continue
        }
        if (carry.length <= headroom) {
          view = bytesAt(from - carry.length, carry.length + cut)
          view.set(carry.bytes)
          shift = carry.length
          carry.clear()
        } else {
          carry.append(batch.subarray(0, cut))
          view = takeCarry()
        }
        carry.append(batch.subarray(cut))
        return view
      }
    },

    *pass(output, from = 0, to = view?.length ?? 0) {
      if (view === undefined) return
      if (shift === undefined) output.append(view.subarray(from, to))
      else yield* input.pass(output, from - shift, to - shift)
      view = undefined
    },

    unread(count) {
      input.unread(count + carry.length)
      carry.clear()
    },
  }

  function takeRest(): Buffer | undefined {
    return carry.length === 0 ? undefined : takeCarry()
  }

  function takeCarry(): Buffer {
    const taken = carry
    carry = gathered
    gathered = taken
    shift = undefined
    view = taken.bytes
    return view
  }
}
