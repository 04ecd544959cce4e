import { bytesOf } from '../../../base/bytes.js'
import { batchSize, type Output } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import { copyIn, kernel, release } from '../../../kernel/index.js'
import { decimalText } from './decimal.js'
import { type NumberFormat, showNumber } from './format.js'
import { firstText, numberText, type Progression } from './progression.js'

/** Writes all the numbers, with the separator between any two. */
export function* writeProgression(numbers: Progression, separator: string, stdout: Output): Task<void> {
  const { first, step, last, format } = numbers
  const isPast = (value: bigint): boolean => last !== undefined && (step < 0n ? value < last : value > last)
  if (isPast(first)) return
  stdout.text(firstText(numbers))
  if (first >= 0n && step > 0n && format === undefined) yield* ascend(numbers, separator, stdout)
  else yield* writeEach(numbers, isPast, separator, stdout)
  yield* finish(stdout)
}

/** What infinite operands come to: numbers, and from the second on for ever the same infinity. */
export function* writeInfinities(
  { first, step, last }: Readonly<Record<'first' | 'step' | 'last', number>>,
  format: NumberFormat | undefined,
  separator: string,
  stdout: Output,
): Task<void> {
  const show = (value: number): string => {
    const text = infinityText(value)
    return format === undefined ? text : showNumber(format, text)
  }
  const isPast = (value: number): boolean => (step < 0 ? value < last : value > last)
  if (isPast(first)) return
  stdout.text(show(first))
  const next = first + step
  while (!isPast(next)) {
    stdout.text(separator + show(next))
    if (stdout.pending >= batchSize) yield* stdout.flush()
  }
  yield* finish(stdout)
}

function infinityText(value: number): string {
  // The sum of opposite infinities is -nan to x86.
  return Number.isNaN(value) ? '-nan' : String(value).replace('Infinity', 'inf')
}

function* finish(stdout: Output): Task<void> {
  stdout.byte(0x0a)
  yield* stdout.flush()
}

/** One number after the other, in any direction and format. */
function* writeEach(
  numbers: Progression,
  isPast: (value: bigint) => boolean,
  separator: string,
  stdout: Output,
): Task<void> {
  const { first, step } = numbers
  let value = first
  for (let next = first + step; !isPast(next); next += step) {
    value = next
    stdout.text(separator + numberText(value, numbers))
    if (stdout.pending >= batchSize) yield* stdout.flush()
  }
  if (roundsToLast(value, numbers)) stdout.text(separator + numberText(value + step, numbers))
}

/** Whether the number behind the last one is shown as LAST, and not as the one before: `seq -f %.0f 0 3.6 7`. */
function roundsToLast(value: bigint, { step, last, scale, format }: Progression): boolean {
  if (format === undefined || last === undefined) return false
  const shown = format.number(decimalText(value + step, scale))
  return (
    shown !== format.number(decimalText(value, scale)) && Number(shown) === Number(decimalText(last, scale))
  )
}

/** Upwards from zero or above, the numbers are counted as texts. */
function* ascend(numbers: Progression, separator: string, stdout: Output): Task<void> {
  const { first, step, last, scale } = numbers
  let left = last === undefined ? Infinity : Number((last - first) / step)
  if (left === 0) return
  stdout.text(separator)
  const text = numberText(first, numbers)
  const longest = Math.max(
    text.length,
    last === undefined ? decimalText(step, scale).length + beyondCounting : numberText(last, numbers).length,
  )
  const line = copyIn(bytesOf(text.padStart(longest) + separator + ' '.repeat(slack)))
  const added = copyIn(Buffer.from(decimalText(step, scale)))
  const end = line.byteOffset + longest
  const lineEnd = line.byteOffset + line.length - slack
  let start = end - text.length
  try {
    while (left > 0) {
      const lineSize = lineEnd - line.byteOffset
      const count = Math.min(left, Math.max(1, Math.floor((batchSize - slack) / lineSize)))
      const out = stdout.reserve(count * lineSize + slack)
      const addedEnd = added.byteOffset + added.length
      const outEnd = kernel.writeSequence(start, end, lineEnd, added.byteOffset, addedEnd, count, out) >>> 0
      left -= count
      // Behind the last number there is no separator.
      stdout.advance(outEnd - out - (left === 0 ? lineEnd - end : 0))
      start = kernel.sequenceStart() >>> 0
      yield* stdout.flush()
    }
  } finally {
    release(line.byteOffset)
    release(added.byteOffset)
  }
}

/** Digits that no counting one by one comes to. */
const beyondCounting = 20

/** Bytes behind a text that its copying may touch. */
const slack = 16
