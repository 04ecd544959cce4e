import type { Context } from './context.js'
import { braceExpansion, bracketExpansion, directoryStack, tildeInArgument } from './expected.js'
import type { Glob, Tilde } from './tree.js'

/**
 * The unquoted characters that mean more than themselves in some words: `[…]`, `~` and `{…}`.
 */

/** Reads a bracket expression (POSIX 2.13.1); undefined when the `[` here begins none and is text. */
export function readBracket(context: Context): Glob | undefined {
  const { cursor } = context
  const { text, position: start } = cursor
  if (start < context.noBracketBefore) return undefined
  const first = start + (text[start + 1] === '!' || text[start + 1] === '^' ? 2 : 1)
  let pattern = text.slice(start, first)
  let plain = pattern
  let at = first
  while (text[at] !== ']' || at === first) {
    const quoted = quotedInBracket(text, at)
    if (quoted ? quoted.value.includes('/') : endsBracket.test(text.charAt(at))) {
      if (expands.test(text.charAt(at)) && !quoted)
        context.report(bracketExpansion, cursor.span(start, start + 1))
      context.noBracketBefore = at
      return undefined
    }
    named.lastIndex = at
    const value = quoted?.value ?? named.exec(text)?.[0] ?? text.charAt(at)
    pattern += quoted ? value.replace(/[^]/gu, '\\$&') : value
    plain += value
    at = quoted?.end ?? at + value.length
  }
  cursor.moveTo(at + 1)
  return { kind: 'glob', span: cursor.span(start), pattern: `${pattern}]`, text: `${plain}]` }
}

/** What ends a word, a path's component or our patience; a `/` makes the `[` text (POSIX 2.13.3). */
const endsBracket = /^$|[\s/;&|()<>"'\\$`]/
/** Where an expansion begins; a `"` is left only in front of one. */
const expands = /[$`"]/
const named = /\[(?::[a-z]{1,10}:|\.[^\s\]]\.|=[^\s\]]=)\]/y

/** A quoted piece inside of brackets that has no expansions. */
function quotedInBracket(text: string, start: number): { value: string; end: number } | undefined {
  const quote = text.charAt(start)
  if (quote === '\\') {
    const value = text.charAt(start + 1)
    return value === '' || value === '\n' ? undefined : { value, end: start + 2 }
  }
  if (quote !== "'" && quote !== '"') return undefined
  const end = text.indexOf(quote, start + 1)
  const value = text.slice(start + 1, end)
  if (end < 0 || (quote === '"' && /[\\$`]/.test(value))) return undefined
  return { value, end: end + 1 }
}

/** Where a `~` stands: at the beginning of a word, after a `:` of a value, or after the `=` of an argument. */
export type TildePlace = 'word' | 'value' | 'argument'

/** Reads a tilde prefix (POSIX 2.6.1); undefined when the `~` here is text. */
export function readTilde(context: Context, place: TildePlace): Tilde | undefined {
  const { cursor } = context
  const start = cursor.position
  const found = cursor.match(place === 'word' ? tilde : tildeInValue)
  if (!found) return undefined
  const prefix = found[0]
  cursor.advance(prefix.length)
  const span = cursor.span(start)
  if (place === 'argument') context.report(tildeInArgument, span)
  else if (/[-+\d]/.test(prefix.charAt(1))) context.report(directoryStack(prefix), span)
  return { kind: 'tilde', span, user: found[1] }
}

const tilde = /~(?:([A-Za-z_][\w.-]*)|[-+]?\d*)(?=[\s/;&|()<>}]|$)/y
const tildeInValue = /~(?:([A-Za-z_][\w.-]*)|[-+]?\d*)(?=[\s/;&|()<>}:]|$)/y

/**
 * Watches the unquoted braces of one word and reports those that bash would expand: a `{` and its `}` with a
 * comma between, or a sequence. As in bash, a `}` without a comma before it closes only an inner brace.
 */
export function braceWatch(context: Context): { see(character: string): void } {
  const { cursor } = context
  const open: { readonly start: number; comma: boolean }[] = []
  return {
    see(character) {
      const start = cursor.position
      if (character === '{') {
        const found = cursor.match(sequence)
        if (found) context.report(braceExpansion, cursor.span(start, start + found[0].length))
        open.push({ start, comma: false })
      }
      const inner = open.at(-1)
      if (inner === undefined) return
      if (character === ',') inner.comma = true
      if (character !== '}') return
      if (inner.comma) context.report(braceExpansion, cursor.span(inner.start, start + 1))
      if (inner.comma || open.length > 1) open.pop()
    },
  }
}

const sequence = /\{(?:-?\d+\.\.-?\d+|[A-Za-z]\.\.[A-Za-z])(?:\.\.-?\d+)?\}/y
