import { parseBracket } from './bracket.js'
import type { RegexWarning } from './error.js'
import type { ParseOptions } from './parse.js'
import { isIntervalAt, tokenAt } from './token.js'

/** Bytes that may follow a backslash: everything else makes it stray. */
const escapable = /[$'()*+.1-9<>?BSW[\\\]^`bsw{|}]/

const operators = { star: '*', plus: '+', question: '?' } as const

/** What GNU grep warns about in a valid pattern. */
export function findWarnings(pattern: Uint8Array, options: ParseOptions, index: number): RegexWarning[] {
  const { extended } = options.syntax
  const warnings: RegexWarning[] = []
  let atStart = true
  for (let at = 0; at < pattern.length;) {
    const token = tokenAt(pattern, at, options, atStart)
    const isEscaped = pattern[at] === 0x5c
    let end = token.end
    switch (token.kind) {
      case 'open':
      case 'alternation':
        atStart = true
        break
      case 'assertion':
        break
      case 'star':
      case 'plus':
      case 'question':
        if (atStart && extended) warn('stray-operator', `${operators[token.kind]} at start of expression`, at)
        else if (atStart && isEscaped) warnStray(token.value, at)
        atStart = atStart && extended
        break
      case 'open-interval':
        if (atStart && extended && isIntervalAt(pattern, end)) {
          warn('stray-operator', '{...} at start of expression', at)
          end = pattern.indexOf(0x7d, end) + 1
        } else {
          if (atStart && isEscaped) warnStray(token.value, at)
          atStart = false
        }
        break
      case 'bracket':
        end = parseBracket(pattern, end, { ...options, complementHasNewline: true }).end
        atStart = false
        break
      default:
        if (isEscaped && !escapable.test(String.fromCharCode(token.value))) warnStray(token.value, at)
        atStart = false
    }
    at = end
  }
  return warnings

  function warn(kind: RegexWarning['kind'], message: string, offset: number) {
    warnings.push({ kind, message, offset, pattern: index })
  }

  function warnStray(byte: number, offset: number) {
    const isPrintable = byte >= 32 && byte < 127
    const what = !isPrintable
      ? 'unprintable character'
      : byte === 32
        ? 'white space'
        : String.fromCharCode(byte)
    warn('stray-backslash', `stray \\ before ${what}`, offset)
  }
}
