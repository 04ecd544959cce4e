import { type Decimal, exactDecimal, roundDecimal } from './decimal.js'
import { type Numeral, signOf } from './numeral.js'
import type { Extended } from './real.js'

/** A number by `a A e E f F g G`. */
export function realNumeral(
  value: Extended,
  letter: string,
  flags: string,
  precision: number | undefined,
): Numeral {
  const numeral = magnitude(value, letter.toLowerCase(), precision, flags.includes('#'))
  const { prefix, digits, suffix = '' } = letter === letter.toLowerCase() ? numeral : inCapitals(numeral)
  return { ...numeral, prefix: signOf(value.isNegative, flags) + prefix, digits, suffix }
}

function inCapitals({ prefix, digits, suffix = '' }: Numeral): Numeral {
  return { prefix: prefix.toUpperCase(), digits: digits.toUpperCase(), suffix: suffix.toUpperCase() }
}

/** `isAlternate` keeps the point where nothing is behind it, and the zeros at the end of `g`. */
function magnitude(
  value: Extended,
  letter: string,
  precision: number | undefined,
  isAlternate: boolean,
): Numeral {
  if (value.kind !== 'finite') return { prefix: '', digits: value.kind }
  if (letter === 'a') return hexadecimal(value, precision, isAlternate)
  const decimal = exactDecimal(value)
  switch (letter) {
    case 'f':
      return fixed(decimal, precision ?? 6, isAlternate)
    case 'e':
      return exponential(decimal, precision ?? 6, isAlternate)
    default:
      return general(decimal, Math.max(1, precision ?? 6), isAlternate)
  }
}

function fixed(decimal: Decimal, precision: number, isAlternate: boolean): Numeral {
  const { digits, point } = roundDecimal(decimal, decimal.point + precision)
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0'
  const fraction = point > 0 ? digits.slice(point) : '0'.repeat(-point) + digits
  return withFraction(whole, fraction, precision, isAlternate)
}

function exponential(decimal: Decimal, precision: number, isAlternate: boolean): Numeral {
  const { digits, point } = roundDecimal(decimal, precision + 1)
  const exponent = digits === '' ? 0 : point - 1
  const suffix = `e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
  return { ...withFraction(digits.charAt(0) || '0', digits.slice(1), precision, isAlternate), suffix }
}

/** The shorter of the two forms, by the exponent, with `precision` digits that count. */
function general(decimal: Decimal, precision: number, isAlternate: boolean): Numeral {
  const rounded = roundDecimal(decimal, precision)
  const exponent = rounded.digits === '' ? 0 : rounded.point - 1
  const isFixed = exponent >= -4 && exponent < precision
  const places = isFixed ? precision - 1 - exponent : precision - 1
  const needed = Math.max(0, rounded.digits.length - (isFixed ? rounded.point : 1))
  const form = isFixed ? fixed : exponential
  return form(rounded, isAlternate ? places : needed, isAlternate)
}

/** The first digit has four bits of the 64, as the C library has it, and so is 8 to f for a normal number. */
function hexadecimal(
  { significand, exponent }: Extended,
  precision: number | undefined,
  isAlternate: boolean,
): Numeral {
  const places = Math.min(precision ?? fractionDigits, fractionDigits)
  const dropped = BigInt(4 * (fractionDigits - places))
  const half = dropped === 0n ? 0n : 1n << (dropped - 1n)
  const floor = significand >> dropped
  const rest = significand - (floor << dropped)
  const isUp = rest > half || (rest === half && rest > 0n && floor % 2n === 1n)
  const text = (isUp ? floor + 1n : floor).toString(16).padStart(places + 1, '0')
  const isCarried = text.length > places + 1
  const fraction = text.slice(1, places + 1)
  const shown = precision === undefined ? fraction.replace(/0+$/, '') : fraction
  const power = significand === 0n ? 0 : exponent + 4 * fractionDigits + (isCarried ? 4 : 0)
  return {
    ...withFraction(text.charAt(0), shown, precision ?? shown.length, isAlternate),
    prefix: '0x',
    suffix: `p${power < 0 ? '' : '+'}${power}`,
  }
}

/** Behind the first of the 16 digits. */
const fractionDigits = 15

function withFraction(whole: string, fraction: string, precision: number, isAlternate: boolean): Numeral {
  const pointed = precision > 0 || isAlternate ? `${whole}.${fraction}` : whole
  return { prefix: '', digits: pointed, trailingZeros: precision - fraction.length }
}
