import type { Parsed } from './parsed.js'

/** A number of x86's extended format, which C calls long double: `significand` × 2^`exponent`, or none. */
export interface Extended {
  readonly kind: 'finite' | 'inf' | 'nan'
  readonly isNegative: boolean
  /** Below 2^64, and not below 2^63 but for zero and the least exponent. */
  readonly significand: bigint
  readonly exponent: number
}

/** Reads what strtold reads, rounded to nearest, ties to even. */
export function parseReal(text: string): Parsed<Extended> {
  const { 0: whole = '', groups = {} } = real.exec(text) ?? {}
  const { sign, special, hexadecimal, binary = '0', decimal, power = '0' } = groups
  const isNegative = sign === '-'
  const { length } = whole
  if (special !== undefined) {
    const kind = /^i/i.test(special) ? 'inf' : 'nan'
    return { value: { ...zero, kind, isNegative }, length, isOutOfRange: false }
  }
  const number =
    hexadecimal === undefined
      ? scaled(decimal ?? '', 10, Number(power), isNegative)
      : scaled(hexadecimal, 16, Number(binary), isNegative)
  return { ...number, length }
}

const real =
  /^[ \t\n\v\f\r]*(?<sign>[-+]?)(?:(?<special>inf(?:inity)?|nan(?:\(\w*\))?)|0x(?=\.?[\da-f])(?<hexadecimal>[\da-f]*\.?[\da-f]*)(?:p(?<binary>[-+]?\d+))?|(?=\.?\d)(?<decimal>\d*\.?\d*)(?:e(?<power>[-+]?\d+))?)/i

type Rounded = Omit<Parsed<Extended>, 'length'>

const zero: Extended = { kind: 'finite', isNegative: false, significand: 0n, exponent: 0 }

/** The digits with their point, times a power: of two for hexadecimal digits, of ten for decimal ones. */
function scaled(text: string, radix: 10 | 16, power: number, isNegative: boolean): Rounded {
  const [whole = '', fraction = ''] = text.split('.')
  const digits = (whole + fraction).replace(/^0+/, '')
  const digitsPower = radix === 16 ? 4 : 1
  const unit = power - digitsPower * fraction.length
  const magnitude = unit + digitsPower * digits.length
  if (digits === '') return { value: { ...zero, isNegative }, isOutOfRange: false }
  // Out of any question, and out of what a power can be computed for.
  if (magnitude > farthestPower) return overflow(isNegative)
  if (magnitude < -farthestPower) return { value: { ...zero, isNegative }, isOutOfRange: true }
  const number = BigInt(radix === 16 ? `0x${digits}` : digits)
  const factor = (radix === 16 ? 2n : 10n) ** BigInt(Math.abs(unit))
  return unit < 0 ? nearest(number, factor, isNegative) : nearest(number * factor, 1n, isNegative)
}

/** Beyond all powers of two and of ten that the format reaches. */
const farthestPower = 16500

const significandBits = 64
const leastExponent = -16445
const greatestExponent = 16384 - significandBits

/**
 * The nearest number to a ratio above zero. It is out of range when it is too great, and when it is below the
 * normal numbers and had to be rounded (glibc manual, "Math Error Reporting").
 */
export function nearest(numerator: bigint, denominator: bigint, isNegative: boolean): Rounded {
  // The ratio is between 2^63 and 2^65 in units of 2^exponent.
  let exponent = bitLength(numerator) - bitLength(denominator) - significandBits
  if (divide(numerator, denominator, exponent).floor >> 64n > 0n) exponent++
  const normal = divide(numerator, denominator, exponent)
  const [significand, power] =
    normal.rounded >> 64n > 0n ? [normal.rounded >> 1n, exponent + 1] : [normal.rounded, exponent]
  if (power > greatestExponent) return overflow(isNegative)
  if (power >= leastExponent)
    return { value: { kind: 'finite', isNegative, significand, exponent: power }, isOutOfRange: false }
  const tiny = divide(numerator, denominator, leastExponent)
  const value: Extended = { kind: 'finite', isNegative, significand: tiny.rounded, exponent: leastExponent }
  return { value, isOutOfRange: !tiny.isExact }
}

function overflow(isNegative: boolean): Rounded {
  return { value: { ...zero, kind: 'inf', isNegative }, isOutOfRange: true }
}

/** A ratio in units of 2^exponent, cut off and rounded. */
function divide(
  numerator: bigint,
  denominator: bigint,
  exponent: number,
): { floor: bigint; rounded: bigint; isExact: boolean } {
  const dividend = exponent < 0 ? numerator << BigInt(-exponent) : numerator
  const divisor = exponent > 0 ? denominator << BigInt(exponent) : denominator
  const floor = dividend / divisor
  const twice = 2n * (dividend % divisor)
  const isUp = twice > divisor || (twice === divisor && floor % 2n === 1n)
  return { floor, rounded: isUp ? floor + 1n : floor, isExact: twice === 0n }
}

function bitLength(number: bigint): number {
  const text = number.toString(16)
  return 4 * text.length - Math.clz32(parseInt(text.charAt(0), 16)) + 28
}
