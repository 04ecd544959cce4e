import { UsageError } from '../base/error.js'
import { quote } from '../base/quote.js'

/** What a number may be, and what a wrong one is called. */
export interface NumberRule {
  /** `invalid number of lines`, … */
  readonly problem: string
  /** Unit letters that may follow; `0` among them stands for a second letter: `kB`, `KiB`. */
  readonly units?: string
  /** Whether a minus sign may stand before it, be the number in range or not. */
  readonly signed?: boolean
  readonly minimum?: bigint
  readonly maximum?: bigint
  /** Index of the argument to blame. */
  readonly argument?: number
}

/** The units of `head -c`, `tail -c` and their like (coreutils manual, "Block size"). */
export const sizeUnits = 'bkKmMGTPEZY0'

export const maximumUnsigned = 2n ** 64n - 1n
export const maximumSigned = 2n ** 63n - 1n
export const maximumInt = 2n ** 31n - 1n

/**
 * A number with an optional unit, as GNU tools read it: blanks and a sign before it, a unit alone for one of it.
 * Throws `UsageError`: `PROBLEM: 'TEXT'`, with the reason when the number is out of range.
 */
export function parseNumber(text: string, rule: NumberRule): bigint {
  const { units = '', signed = false, minimum = 0n, maximum = maximumUnsigned } = rule
  const fail = (reason = ''): never => {
    const blame = rule.argument === undefined ? {} : { argument: rule.argument }
    throw new UsageError(`${rule.problem}: ${quote(text)}${reason}`, { hint: false, ...blame })
  }
  const parts = /^[ \t\n\v\f\r]*([-+]?)(\d*)(.*)$/s.exec(text)
  const [, sign = '', digits = '', unit = ''] = parts ?? []
  if ((sign === '-' && !signed) || (digits === '' && (unit === '' || sign !== ''))) return fail()
  const factor = unitFactor(unit, units)
  if (factor === undefined) return fail()
  const number = BigInt(digits === '' ? 1 : digits) * factor * (sign === '-' ? -1n : 1n)
  if (number >= minimum && number <= maximum) return number
  const looksLikeOverflow = number > maximumInt / 2n || number < -maximumInt / 2n
  return fail(
    looksLikeOverflow ? ': Value too large for defined data type' : ': Numerical result out of range',
  )
}

/** What the unit multiplies by; undefined when it is none of `units`. */
function unitFactor(unit: string, units: string): bigint | undefined {
  if (unit === '') return 1n
  const letter = unit.charAt(0)
  if (letter === '0' || !units.includes(letter)) return undefined
  if (letter === 'b') return unit === 'b' ? 512n : undefined
  const power = BigInt(' KMGTPEZY'.indexOf(letter.toUpperCase()))
  const suffix = unit.slice(1)
  if (suffix === '' || (suffix === 'iB' && units.includes('0'))) return 1024n ** power
  return (suffix === 'B' || suffix === 'D') && units.includes('0') ? 1000n ** power : undefined
}
