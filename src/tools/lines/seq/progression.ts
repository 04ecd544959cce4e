import { type Decimal, decimalText, scaled } from './decimal.js'
import { type NumberFormat, padWithZeros, parseFormat, showNumber } from './format.js'

/** The numbers from `first` to `last`, in units of 10^-scale; `last` is undefined where there is no end. */
export interface Progression {
  readonly first: bigint
  readonly step: bigint
  readonly last: bigint | undefined
  readonly scale: number
  /** The least width, filled with zeros. */
  readonly width: number
  /** How numbers are shown, where they are not merely written out with `scale` digits behind the point. */
  readonly format: NumberFormat | undefined
  /** The first number is shown as `-0`. */
  readonly beginsBelowZero: boolean
}

export interface Notation {
  readonly format: NumberFormat | undefined
  readonly equalWidth: boolean
}

/** Takes finite FIRST and INCREMENT. */
export function progression(first: Decimal, step: Decimal, last: Decimal, how: Notation): Progression {
  const precision = Math.max(first.precision, step.precision)
  const isWrittenOut = ![first, step, last].some(({ isHexadecimalFraction }) => isHexadecimalFraction)
  const format = how.format ?? (isWrittenOut ? undefined : parseFormat('%Lg'))
  const scale = format === undefined ? precision : Math.max(precision, last.precision)
  const base = { first: scaled(first, scale), step: scaled(step, scale) }
  return {
    ...base,
    last: lastUnits(base, last, scale),
    scale,
    width: how.equalWidth ? Math.max(fullWidth(first, precision), fullWidth(last, precision)) : 0,
    format,
    beginsBelowZero: first.isNegativeZero,
  }
}

/** One of its numbers as text. */
export function numberText(value: bigint, { scale, width, format }: Progression): string {
  const text = decimalText(value, scale)
  return format === undefined ? padWithZeros(text, width) : showNumber(format, text)
}

/** The first of them, which alone may be a negative zero. */
export function firstText(numbers: Progression): string {
  const { first, scale, width, format, beginsBelowZero } = numbers
  if (!beginsBelowZero) return numberText(first, numbers)
  const text = `-${decimalText(first, scale)}`
  return format === undefined ? padWithZeros(text, width) : showNumber(format, text)
}

/** The last number that may be reached. */
function lastUnits(
  { first, step }: { readonly first: bigint; readonly step: bigint },
  last: Decimal,
  scale: number,
): bigint | undefined {
  const isUp = step > 0n
  // Towards the other infinity there is nothing to print.
  if (last.infinite !== 0) return last.infinite > 0 === isUp ? undefined : first - step
  if (isUp) return scaled(last, scale)
  return -scaled({ ...last, digits: -last.digits }, scale)
}

/** How wide it will be with `precision` digits behind the point. */
function fullWidth(number: Decimal, precision: number): number {
  const points = (precision > 0 ? 1 : 0) - (number.precision > 0 ? 1 : 0)
  return number.width + precision - number.precision + points
}
