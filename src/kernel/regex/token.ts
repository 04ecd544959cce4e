import type { ByteSet } from './byteset.js'
import { nonSpaceBytes, nonWordBytes, spaceBytes, wordBytes } from './byteset.js'
import type { Syntax } from './syntax.js'
import type { Assertion } from './tree.js'

/** A token of a pattern; `end` is the offset after it. */
export type Token = { readonly end: number } & (
  | { readonly kind: 'byte' | 'reference'; readonly value: number }
  | { readonly kind: 'star' | 'plus' | 'question' | 'open-interval'; readonly value: number }
  | { readonly kind: 'open' | 'close' | 'close-interval'; readonly value: number }
  | {
      readonly kind: 'alternation' | 'bracket' | 'any' | 'end' | 'trailing-backslash'
      readonly value: number
    }
  | { readonly kind: 'assertion'; readonly assertion: Assertion; readonly value: number }
  | { readonly kind: 'class'; readonly set: ByteSet; readonly value: number }
)

export interface TokenRules {
  readonly syntax: Syntax
  /** `\n` is a newline (sed). */
  readonly newlineEscape: boolean
}

/**
 * The token at `at`. `caretAnchors` is set where a branch begins: there `^` is an anchor in basic syntax too.
 * POSIX, XBD 9.3 and 9.4; the GNU operators as in the GNU sed manual, "regexp extensions".
 */
export function tokenAt(pattern: Uint8Array, at: number, rules: TokenRules, caretAnchors: boolean): Token {
  const value = pattern[at]
  if (value === undefined) return { kind: 'end', value: 0, end: at }
  if (value === 0x5c) return escapeAt(pattern, at, rules)
  const { extended, barePlus, intervalsAndClasses } = rules.syntax
  const end = at + 1
  const byte: Token = { kind: 'byte', value, end }
  switch (String.fromCharCode(value)) {
    case '*':
      return { kind: 'star', value, end }
    case '+':
      return barePlus ? { kind: 'plus', value, end } : byte
    case '?':
      return barePlus ? { kind: 'question', value, end } : byte
    case '(':
      return extended ? { kind: 'open', value, end } : byte
    case ')':
      return extended ? { kind: 'close', value, end } : byte
    case '{':
      return extended && intervalsAndClasses ? { kind: 'open-interval', value, end } : byte
    case '}':
      return extended && intervalsAndClasses ? { kind: 'close-interval', value, end } : byte
    case '|':
      return extended ? { kind: 'alternation', value, end } : byte
    case '[':
      return { kind: 'bracket', value, end }
    case '.':
      return { kind: 'any', value, end }
    case '^':
      return extended || caretAnchors || at === 0
        ? { kind: 'assertion', assertion: 'line-start', value, end }
        : byte
    case '$':
      return extended || endsBranch(pattern, end, rules)
        ? { kind: 'assertion', assertion: 'line-end', value, end }
        : byte
    default:
      return byte
  }
}

function endsBranch(pattern: Uint8Array, at: number, rules: TokenRules): boolean {
  const next = tokenAt(pattern, at, rules, false).kind
  return next === 'end' || next === 'alternation' || next === 'close'
}

const escapedAssertions: Readonly<Record<string, Assertion>> = {
  '<': 'word-start',
  '>': 'word-end',
  b: 'word-edge',
  B: 'not-word-edge',
  '`': 'text-start',
  "'": 'text-end',
}

const escapedClasses: Readonly<Record<string, ByteSet>> = {
  w: wordBytes,
  W: nonWordBytes,
  s: spaceBytes,
  S: nonSpaceBytes,
}

function escapeAt(pattern: Uint8Array, at: number, rules: TokenRules): Token {
  const value = pattern[at + 1]
  if (value === undefined) return { kind: 'trailing-backslash', value: 0x5c, end: at + 1 }
  const { extended, barePlus, basicExtensions, gnuEscapes, intervalsAndClasses } = rules.syntax
  const end = at + 2
  const escaped = String.fromCharCode(value)
  const assertion = gnuEscapes ? escapedAssertions[escaped] : undefined
  if (assertion !== undefined) return { kind: 'assertion', assertion, value, end }
  const set = gnuEscapes ? escapedClasses[escaped] : undefined
  if (set !== undefined) return { kind: 'class', set, value, end }
  if (value >= 0x31 && value <= 0x39) return { kind: 'reference', value: value - 0x30, end }
  if (rules.newlineEscape && escaped === 'n') return { kind: 'byte', value: 10, end }
  const byte: Token = { kind: 'byte', value, end }
  switch (escaped) {
    case '(':
      return extended ? byte : { kind: 'open', value, end }
    case ')':
      return extended ? byte : { kind: 'close', value, end }
    case '{':
      return extended || !intervalsAndClasses ? byte : { kind: 'open-interval', value, end }
    case '}':
      return extended || !intervalsAndClasses ? byte : { kind: 'close-interval', value, end }
    case '|':
      return extended || !basicExtensions ? byte : { kind: 'alternation', value, end }
    case '+':
      return barePlus || !basicExtensions ? byte : { kind: 'plus', value, end }
    case '?':
      return barePlus || !basicExtensions ? byte : { kind: 'question', value, end }
    default:
      return byte
  }
}

/** Whether what stands behind an opening brace is a well-formed interval. */
export function isIntervalAt(pattern: Uint8Array, at: number): boolean {
  return /^(\d+|\d*,\d*)\}/.test(Buffer.from(pattern.subarray(at)).toString('latin1'))
}
