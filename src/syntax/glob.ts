import type { BraceWatch } from './brace.js'
import type { Context } from './context.js'
import { bracketExpansion } from './expected.js'
import type { Glob } from './tree.js'

/** Reads a bracket expression (POSIX 2.13.1); undefined when the `[` here begins none and is text. */
export function readBracket(context: Context, braces: BraceWatch | undefined): Glob | undefined {
  const { cursor } = context
  const { text, position: start } = cursor
  if (start < context.noBracketBefore) return undefined
  const opening = cursor.peek(1) === '!' || cursor.peek(1) === '^' ? `[${cursor.peek(1)}` : '['
  cursor.advance(opening.length)
  const first = cursor.position
  let pattern = opening
  let plain = opening
  const unquoted: number[] = []
  let at = first
  while (text[at] !== ']' || at === first) {
    const quoted = quotedInBracket(text, at)
    if (quoted ? quoted.value.includes('/') : endsBracket.test(text.charAt(at))) {
      if (expands.test(text.charAt(at)) && !quoted)
        context.report(bracketExpansion, cursor.span(start, start + 1))
      context.noBracketBefore = at
      cursor.returnTo(start)
      return undefined
    }
    named.lastIndex = at
    const value = quoted?.value ?? named.exec(text)?.[0] ?? text.charAt(at)
    pattern += quoted ? value.replace(/[^]/gu, '\\$&') : value
    plain += value
    if (!quoted) unquoted.push(at)
    at = cursor.pastContinuations(quoted?.end ?? at + value.length)
  }
  for (const position of unquoted) braces?.see(text.charAt(position), position)
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
  if (end < 0 || value.includes('\n') || (quote === '"' && /[\\$`]/.test(value))) return undefined
  return { value, end: end + 1 }
}
