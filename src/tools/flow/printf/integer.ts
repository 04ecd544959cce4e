import { maximumSigned, maximumUnsigned } from '../../size.js'
import type { Parsed } from './parsed.js'
import { type Numeral, signOf } from './numeral.js'

export type IntegerKind = 'signed' | 'unsigned'

/** Reads what strtoimax and strtoumax read with base 0; a value that 64 bits do not hold becomes the nearest. */
export function parseInteger(text: string, kind: IntegerKind): Parsed<bigint> {
  const match = /^[ \t\n\v\f\r]*([-+]?)(?:0x([\da-f]+)|(0[0-7]*)|([1-9]\d*))/i.exec(text)
  if (match === null) return { value: 0n, length: 0, isOutOfRange: false }
  const [{ length }, sign, hexadecimal, octal, decimal = ''] = match
  const magnitude = BigInt(
    hexadecimal !== undefined ? `0x${hexadecimal}` : octal !== undefined ? `0o${octal}` : decimal,
  )
  const isNegative = sign === '-'
  if (kind === 'unsigned') {
    const isOutOfRange = magnitude > maximumUnsigned
    const value = isOutOfRange ? maximumUnsigned : BigInt.asUintN(64, isNegative ? -magnitude : magnitude)
    return { value, length, isOutOfRange }
  }
  const most = isNegative ? maximumSigned + 1n : maximumSigned
  const isOutOfRange = magnitude > most
  const held = isOutOfRange ? most : magnitude
  return { value: isNegative ? -held : held, length, isOutOfRange }
}

/** An integer by `d i o u x X`. */
export function integerNumeral(value: bigint, letter: string, flags: string, precision = 1): Numeral {
  const isNegative = value < 0n
  const radix = letter === 'o' ? 8 : /x/i.test(letter) ? 16 : 10
  const text = value === 0n ? '' : (isNegative ? -value : value).toString(radix)
  const zeros = Math.max(0, precision - text.length)
  const isAlternate = flags.includes('#')
  const prefix = isAlternate && radix === 16 && value !== 0n ? `0${letter}` : ''
  return {
    prefix: /[di]/.test(letter) ? signOf(isNegative, flags) : prefix,
    // `#` makes an octal number begin with a zero.
    zeros: isAlternate && radix === 8 && zeros === 0 ? 1 : zeros,
    digits: letter === 'X' ? text.toUpperCase() : text,
  }
}
