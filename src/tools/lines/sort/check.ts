import type { Input } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import { kernel, wholeLines, wordsAt } from '../../../kernel/index.js'
import { entrySize } from './entry.js'
import type { Holdings } from '../../holdings.js'

/** The first line that is out of order. */
export interface Disorder {
  /** Counted from 1. */
  readonly number: number
  readonly line: Buffer
}

/** Looks for a line that comes before the one above it, or with `strictly` equals it. It reads no further. */
export function* findDisorder(
  input: Input,
  order: number,
  delimiter: number,
  strictly: boolean,
  holdings: Holdings,
): Task<Disorder | undefined> {
  const lines = wholeLines(input, delimiter)
  // The entries of the line before a batch, and of the one that the kernel looks at.
  const entries = holdings.take(2 * entrySize)
  entries.fill(0)
  const [textWord, lengthWord] = [2, 3]
  const last = wordsAt(entries.byteOffset, entrySize / 4)
  let kept = holdings.take(firstRoom)
  let before = 0
  for (let batch = yield* lines.read(); batch !== undefined; batch = yield* lines.read()) {
    const from = batch.byteOffset
    const to = from + batch.length
    const found = kernel.findDisorder(order, from, to, entries.byteOffset, strictly) >>> 0
    before += kernel.countByte(from, found === 0 ? to : found, delimiter)
    if (found !== 0) {
      const end = kernel.findByte(found, to, delimiter) >>> 0
      return { number: before + 1, line: batch.subarray(found - from, end - from) }
    }
    // The batch is gone with the next read, and what its last line's entry points to with it.
    const length = last[lengthWord] ?? 0
    const start = (last[textWord] ?? 0) - from
    if (length > kept.length) {
      holdings.release(kept.byteOffset)
      kept = holdings.take(length * 2)
    }
    kept.set(batch.subarray(start, start + length))
    last[textWord] = kept.byteOffset
    kernel.prepare(order, entries.byteOffset, 0)
  }
  return undefined
}

const firstRoom = 256
