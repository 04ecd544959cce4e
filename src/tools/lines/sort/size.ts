import { totalmem } from 'node:os'
import { UsageError } from '../../../base/error.js'
import { quote } from '../../../base/quote.js'

/**
 * The bytes that a SIZE means: a number of KiB, or with a unit (coreutils manual, "sort invocation", -S).
 * Throws `UsageError` in GNU's words.
 */
export function parseSize(text: string, spelling: string, argument: number): number {
  const [, digits = '', unit = ''] = /^[ \t\n\v\f\r]*\+?(\d*)(.*)$/s.exec(text) ?? []
  const isUnitAlone = digits === '' && /^[KkMmGgTtPEZY]/.test(unit)
  if (digits === '' && !isUnitAlone) throw fail(`invalid ${spelling} argument ${quote(text)}`)
  const number = isUnitAlone ? 1n : BigInt(digits)
  const factor = factors[unit]
  const size = unit === '%' ? (number * BigInt(totalmem())) / 100n : factor && number * factor
  if (size === undefined) throw fail(`invalid suffix in ${spelling} argument ${quote(text)}`)
  if (size >= 2n ** 64n) throw fail(`${spelling} argument ${quote(text)} too large`)
  return Number(size)

  function fail(message: string): UsageError {
    return new UsageError(message, { hint: false, argument })
  }
}

const kibi = 1024n

const factors: Readonly<Record<string, bigint>> = {
  '': kibi,
  b: 1n,
  K: kibi,
  k: kibi,
  M: kibi ** 2n,
  m: kibi ** 2n,
  G: kibi ** 3n,
  g: kibi ** 3n,
  T: kibi ** 4n,
  t: kibi ** 4n,
  P: kibi ** 5n,
  E: kibi ** 6n,
  Z: kibi ** 7n,
  Y: kibi ** 8n,
}

/** A plain count. Throws `UsageError` in GNU's words; what is beyond any use is cut off. */
export function parseCount(text: string, spelling: string, argument: number): number {
  const [, digits, rest] = /^[ \t\n\v\f\r]*\+?(\d+)(.*)$/s.exec(text) ?? []
  const problem = digits === undefined ? 'invalid' : rest === '' ? undefined : 'invalid suffix in'
  if (problem !== undefined)
    throw new UsageError(`${problem} ${spelling} argument ${quote(text)}`, { hint: false, argument })
  return Math.min(Number(digits), Number.MAX_SAFE_INTEGER)
}
