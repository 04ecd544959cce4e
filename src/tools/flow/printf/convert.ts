import { ToolError } from '../../../base/error.js'
import { quote } from '../../../base/quote.js'
import { maximumInt } from '../../size.js'
import type { ArgumentList } from './arguments.js'
import { asText } from './bytes.js'
import type { Field } from './field.js'
import { integerNumeral } from './integer.js'
import type { Numeral } from './numeral.js'
import type { Conversion, Size } from './piece.js'
import { realNumeral } from './real-numeral.js'

/** Takes a conversion's arguments and makes the field it prints. Throws `ToolError` for a mistake, and a size out of range. */
export function convert({ letter, flags, mistake, ...sizes }: Conversion, values: ArgumentList): Field {
  const width = resolveSize(sizes.width, 'field width', -maximumInt - 1n, values) ?? 0
  const given = resolveSize(sizes.precision, 'precision', undefined, values)
  if (mistake !== undefined) throw new ToolError(mistake)
  const precision = given === undefined || given < 0 ? undefined : given
  const { value, canFill } = read(letter, flags, precision, values)
  const isLeft = width < 0 || flags.includes('-')
  const side = isLeft ? 'left' : canFill && flags.includes('0') ? 'filled' : 'right'
  const isTooLong = (given ?? 0) > maximumInt
  return { ...value, width: isTooLong ? Infinity : Math.abs(width), side }
}

/** A size; an argument below `minimum`, or too great, is refused. */
function resolveSize(
  size: Size | undefined,
  what: string,
  minimum: bigint | undefined,
  values: ArgumentList,
): number | undefined {
  if (size !== 'argument') return size
  const word = values.first ?? ''
  const number = values.integer('signed')
  if (number > maximumInt || (minimum !== undefined && number < minimum))
    throw new ToolError(`invalid ${what}: ${quote(asText(word))}`)
  return Number(number)
}

/** The next argument in characters, and whether zeros may fill the field. */
function read(
  letter: string,
  flags: string,
  precision: number | undefined,
  values: ArgumentList,
): { value: Numeral; canFill: boolean } {
  switch (letter) {
    case 's':
      return { value: text(values.text().slice(0, precision)), canFill: false }
    case 'c':
      // C ends a text with NUL, and so the empty one begins with it.
      return { value: text(values.text().charAt(0) || '\0'), canFill: false }
    case 'd':
    case 'i':
    case 'o':
    case 'u':
    case 'x':
    case 'X': {
      const value = values.integer(letter === 'd' || letter === 'i' ? 'signed' : 'unsigned')
      return { value: integerNumeral(value, letter, flags, precision), canFill: precision === undefined }
    }
    default: {
      const value = values.real()
      return { value: realNumeral(value, letter, flags, precision), canFill: value.kind === 'finite' }
    }
  }
}

function text(characters: string): Numeral {
  return { prefix: '', digits: characters }
}
