import type { ByteSet } from './byteset.js'
import { bytesOf, classes, complement, fold, toUpper } from './byteset.js'
import { messages, RegexError } from './error.js'
import type { TokenRules } from './token.js'

export interface BracketRules extends TokenRules {
  readonly ignoreCase: boolean
  /** `[^a]` matches a newline. */
  readonly complementHasNewline: boolean
}

/** One member of a list: a byte that may begin or end a range, or a whole class. */
type Member =
  | { readonly kind: 'byte' | 'hyphen'; readonly byte: number; readonly end: number }
  | { readonly kind: 'set'; readonly bytes: readonly number[]; readonly end: number }

/** Longer names of classes and collating symbols are not looked at (glibc). */
const nameLimit = 32

/** Parses a bracket expression; `at` is after the `[`. POSIX, XBD 9.3.5. */
export function parseBracket(
  pattern: Uint8Array,
  at: number,
  rules: BracketRules,
): { readonly set: ByteSet; readonly end: number } {
  const open = at - 1
  const byteAt = (offset: number) => String.fromCharCode(pattern[offset] ?? 0)
  const unmatched = () => new RegexError(messages.bracket, open)

  const negated = byteAt(at) === '^'
  if (negated) at++
  if (at >= pattern.length) throw new RegexError(messages.badPattern, open)

  const first = at
  let hasOnlyBytes = true
  const set = new Uint8Array(256)
  for (let isFirst = true; isFirst || byteAt(at) !== ']'; isFirst = false) {
    if (at >= pattern.length) throw unmatched()
    const member = memberAt(at)
    if (member.kind === 'hyphen' && !isFirst && byteAt(member.end) !== ']') {
      throw new RegexError(messages.range, at)
    }
    at = member.end
    if (member.kind === 'set') {
      // A class cannot begin a range: the hyphen after it is refused as the next member, unless it is the last.
      hasOnlyBytes = false
      for (const byte of member.bytes) set[byte] = 1
      continue
    }
    if (at >= pattern.length) throw unmatched()
    if (memberAt(at).kind !== 'hyphen' || byteAt(at + 1) === ']') {
      set[member.byte] = 1
      continue
    }
    if (at + 1 >= pattern.length) throw unmatched()
    const last = memberAt(at + 1)
    if (last.kind === 'set') throw new RegexError(messages.range, at + 1)
    hasOnlyBytes = false
    addRange(set, member.byte, last.byte, at)
    at = last.end
  }
  const members = rules.ignoreCase ? fold(set) : set
  // `[:space:]` is surely meant to be `[[:space:]]`; grep and sed refuse it.
  const isNamed = at - first > 2 && byteAt(first) === ':' && byteAt(at - 1) === ':'
  if (isNamed && hasOnlyBytes) throw new RegexError(messages.classSyntax, open)
  if (!negated) return { set: members, end: at + 1 }
  const others = complement(members)
  if (!rules.complementHasNewline) others[10] = 0
  return { set: others, end: at + 1 }

  function memberAt(offset: number): Member {
    const byte = pattern[offset] ?? 0
    if (byteAt(offset) === '[') {
      const delimiter = byteAt(offset + 1)
      if (delimiter === '.' || delimiter === '=') return symbolAt(offset, delimiter)
      if (delimiter === ':' && rules.syntax.intervalsAndClasses) return symbolAt(offset, delimiter)
    }
    if (byteAt(offset) === '-') return { kind: 'hyphen', byte, end: offset + 1 }
    if (rules.newlineEscape && byteAt(offset) === '\\' && byteAt(offset + 1) === 'n') {
      return { kind: 'byte', byte: 10, end: offset + 2 }
    }
    return { kind: 'byte', byte, end: offset + 1 }
  }

  /** `[:name:]`, `[.x.]` and `[=x=]`. */
  function symbolAt(offset: number, delimiter: string): Member {
    let close = offset + 2
    while (byteAt(close) !== delimiter || byteAt(close + 1) !== ']') {
      if (close + 1 >= pattern.length || close - offset - 2 >= nameLimit) throw unmatched()
      close++
    }
    const name = Buffer.from(pattern.subarray(offset + 2, close)).toString('latin1')
    const end = close + 2
    if (delimiter === ':') {
      const isCase = rules.ignoreCase && (name === 'upper' || name === 'lower')
      const members = Object.hasOwn(classes, name) ? classes[isCase ? 'alpha' : name] : undefined
      if (members === undefined) throw new RegexError(messages.className, offset)
      return { kind: 'set', bytes: bytesOf(members), end }
    }
    if (name.length !== 1) throw new RegexError(messages.collation, offset)
    const byte = name.charCodeAt(0)
    return delimiter === '=' ? { kind: 'set', bytes: [byte], end } : { kind: 'byte', byte, end }
  }

  function addRange(target: Uint8Array, first: number, last: number, offset: number) {
    const { emptyRanges, foldRangeEnds } = rules.syntax
    const [low, high] = rules.ignoreCase ? [toUpper(first), toUpper(last)] : [first, last]
    if (low > high && !emptyRanges) throw new RegexError(messages.range, offset)
    if (foldRangeEnds) target.fill(1, low, Math.max(low, high + 1))
    else target.fill(1, first, Math.max(first, last + 1))
  }
}
