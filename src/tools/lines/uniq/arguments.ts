import { UsageError } from '../../../base/error.js'
import type { Occurrence } from '../../../base/option.js'
import type { Environment } from '../../../base/tool.js'
import { choose } from '../../choice.js'
import { rewriteArguments } from '../../obsolete.js'
import { maximumUnsigned } from '../../size.js'
import type { Grouping, Key } from './plan.js'

/** The part of a line that is compared. Throws `UsageError`. */
export function parseKey(options: readonly Occurrence[], ignoreCase: boolean): Key {
  let key: Key = { skipFields: 0n, skipBytes: 0n, checkBytes: undefined, ignoreCase }
  let obsoleteDigits = ''
  for (const { key: option, value = '', spelling, argument } of options) {
    if (option === 'digit') {
      obsoleteDigits += spelling.slice(1)
      key = { ...key, skipFields: parseCount(obsoleteDigits, 'fields to skip', argument) }
    } else if (option === 'skipFields') {
      obsoleteDigits = ''
      key = { ...key, skipFields: parseCount(value, 'fields to skip', argument) }
    } else if (option === 'skipBytes') {
      key = { ...key, skipBytes: parseCount(value, 'bytes to skip', argument) }
    } else if (option === 'checkBytes') {
      key = { ...key, checkBytes: parseCount(value, 'bytes to compare', argument) }
    }
  }
  return key
}

/** Where empty lines stand for a METHOD of --all-repeated. Throws `UsageError`. */
export function repeatedSeparator(method: string | undefined, argument: number): Grouping['separator'] {
  if (method === undefined) return 'none'
  const chosen = choose('--all-repeated', method, ['none', 'prepend', 'separate'], argument)
  return ({ none: 'none', prepend: 'before all', separate: 'between' } as const)[chosen]
}

/** Where empty lines stand for a METHOD of --group, and whether one ends the output. Throws `UsageError`. */
export function groupSeparators(
  method: string | undefined,
  argument: number,
): Pick<Grouping, 'separator' | 'endsSeparated'> {
  const chosen = choose('--group', method ?? 'separate', ['prepend', 'append', 'separate', 'both'], argument)
  return {
    separator: chosen === 'prepend' || chosen === 'both' ? 'before all' : 'between',
    endsSeparated: chosen === 'append' || chosen === 'both',
  }
}

/** Rewrites the obsolete operand `+N` to `-s N` (coreutils manual, "uniq invocation" and "Standards conformance"). */
export function modernize(argv: readonly string[], env: Environment): readonly string[] {
  const version = Number(env['_POSIX2_VERSION'] ?? 200809)
  if (version >= 200112 && version < 200809) return argv
  let isBehindOperand = false
  return rewriteArguments(argv, /^-[^-fsw]*[fsw]$|^--(skip-|check|w)[^=]*$/, (argument) => {
    if (!isBehindOperand && isSkip(argument)) return `-s${argument.slice(1)}`
    isBehindOperand ||= env['POSIXLY_CORRECT'] !== undefined && !argument.startsWith('-')
    return argument
  })
}

function isSkip(operand: string): boolean {
  return /^\+\d+$/.test(operand) && BigInt(operand.slice(1)) <= maximumUnsigned
}

/** A number of fields or bytes: one that is too large means the largest. Throws `UsageError`. */
function parseCount(text: string, what: string, argument: number): bigint {
  const digits = /^[ \t\n\v\f\r]*\+?(\d+)$/.exec(text)?.[1]
  if (digits === undefined)
    throw new UsageError(`${text}: invalid number of ${what}`, { hint: false, argument })
  const count = BigInt(digits)
  return count < maximumUnsigned ? count : maximumUnsigned
}
