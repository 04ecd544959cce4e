import { batchSize, type Output } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import type { Numeral } from './numeral.js'

/** What a conversion prints, in at least `width` bytes. */
export interface Field extends Numeral {
  readonly width: number
  /** Where the characters stand; `filled`: to the right, with zeros before the digits. */
  readonly side: 'left' | 'right' | 'filled'
}

/** Adds a field; false where it is too long. Sizes count bytes. */
export function* addField(stdout: Output, field: Field): Task<boolean> {
  const { prefix, zeros = 0, digits, trailingZeros = 0, suffix = '', width, side } = field
  const length = prefix.length + zeros + digits.length + trailingZeros + suffix.length
  if (Math.max(length, width) > longest) return false
  const room = Math.max(0, width - length)
  if (side === 'right') yield* addRun(stdout, ' ', room)
  add(stdout, prefix)
  yield* addRun(stdout, '0', side === 'filled' ? room + zeros : zeros)
  add(stdout, digits)
  yield* addRun(stdout, '0', trailingZeros)
  add(stdout, suffix)
  if (side === 'left') yield* addRun(stdout, ' ', room)
  return true
}

/** The longest field that the C library makes: the count of what it wrote must be an int. */
const longest = 2 ** 31 - 3

function add(stdout: Output, bytes: string): void {
  if (bytes !== '') stdout.append(Buffer.from(bytes, 'latin1'))
}

function* addRun(stdout: Output, character: string, count: number): Task<void> {
  for (let left = count; left > 0; left -= batchSize) {
    stdout.append(Buffer.alloc(Math.min(left, batchSize), character))
    if (stdout.pending >= batchSize) yield* stdout.flush()
  }
}
