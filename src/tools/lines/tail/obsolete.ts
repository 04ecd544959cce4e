import { UsageError } from '../../../base/error.js'
import { quote } from '../../../base/quote.js'
import type { Environment } from '../../../base/tool.js'
import { maximumUnsigned } from '../../size.js'

/**
 * Rewrites the obsolete `-NUM[bcl][f]` and `+NUM[bcl][f]`, which stand alone or before one file (coreutils manual,
 * "tail invocation"; `+NUM` names a file where _POSIX2_VERSION asks for POSIX 1003.1-2001).
 */
export function modernize(argv: readonly string[], env: Environment): readonly string[] {
  const [first = '', second, ...more] = argv
  const isAlone =
    second === undefined ||
    (more.length === 0 && !/^-./s.test(second)) ||
    (second === '--' && more.length <= 1)
  const [, sign, digits = '', unit = '', follow = ''] = /^([-+])(\d*)([bcl]?)(f?)$/.exec(first) ?? []
  if (!isAlone || sign === undefined) {
    const [, digit] = /^-(\d)/.exec(first) ?? []
    if (digit !== undefined)
      throw new UsageError(`option used in invalid context -- ${digit}`, { hint: false, argument: 0 })
    return argv
  }
  const version = Number(env['_POSIX2_VERSION'] ?? 200809)
  const isOlder = version < 200112
  if (sign === '+' && !isOlder && version < 200809) return argv
  if ((first === '-' || first === '-c') && !isOlder) return argv
  if (BigInt(digits) * (unit === 'b' ? 512n : 1n) > maximumUnsigned) {
    const reason = BigInt(digits) > maximumUnsigned ? ': Numerical result out of range' : ''
    throw new UsageError(`invalid number: ${quote(first)}${reason}`, { hint: false, argument: 0 })
  }
  const count = `${digits === '' ? '10' : digits}${unit === 'b' ? 'b' : ''}`
  const letter = unit === 'b' || unit === 'c' ? 'c' : 'n'
  return [`-${follow}${letter}${sign === '+' ? '+' : ''}${count}`, ...argv.slice(1)]
}
