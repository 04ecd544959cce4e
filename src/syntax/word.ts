import { join, type Span } from '../base/span.js'
import type { Context } from './context.js'
import { readDollarQuote } from './dollar-quote.js'
import { refuseBackquotes, readExpansion, readProcessSubstitution } from './expansion.js'
import {
  dollarQuoteInBraces,
  globTarget,
  neverClosed,
  substitutionInBraces,
  trailingBackslash,
} from './expected.js'
import { appendLiteral } from './literal.js'
import { braceWatch, readBracket, readTilde } from './pattern.js'
import type { Quoted, Word, WordPart } from './tree.js'

/**
 * Where a word stands, which decides what its unquoted characters mean: file names are matched for arguments;
 * shells differ about redirection targets; in a value (`NAME=value`, a default) and in a here-string's text
 * patterns are text, and so they are between `${NAME:-` and `}`, where blanks are, too.
 */
export type WordPlace = 'argument' | 'target' | 'value' | 'text' | 'braces' | 'quoted braces'

/** Reads the word that begins here; it has no parts when none does. */
export function readWord(context: Context, place: WordPlace): Word {
  const { cursor } = context
  const start = cursor.position
  const parts: WordPart[] = []
  const braces = place === 'argument' || place === 'target' ? braceWatch(context) : undefined
  const isAssigning = place === 'argument' && cursor.match(assignment) !== undefined
  while (!endsWord(context, place)) {
    const { position } = cursor
    const character = cursor.peek()
    braces?.see(character)
    const part = readPart(context, place, character, tildePlace(place, parts, isAssigning))
    if (part) parts.push(part)
    else if (cursor.position === position) readPlain(context, parts, place)
  }
  const first = parts[0]
  const last = parts.at(-1)
  return {
    kind: 'word',
    span: first && last ? join(first.span, last.span) : cursor.span(start, start),
    parts,
  }
}

const assignment = /[A-Za-z_]\w*=/y

/** Whether a word cannot go on here: POSIX 2.3, without the `<(` and `>(` that a word may contain. */
export function endsWord({ cursor }: Context, place: WordPlace): boolean {
  if (cursor.atEnd) return true
  const character = cursor.peek()
  if (place === 'braces' || place === 'quoted braces') return character === '}'
  if (character === '\r') return cursor.peek(1) === '\n'
  if (character === '<' || character === '>') return cursor.peek(1) !== '('
  return ' \t\n;&|()'.includes(character)
}

function tildePlace(place: WordPlace, parts: readonly WordPart[], isAssigning: boolean) {
  if (place === 'quoted braces') return undefined
  if (parts.length === 0) return place === 'value' ? 'value' : 'word'
  const last = parts.at(-1)
  const before = last?.kind === 'literal' ? last.text.at(-1) : undefined
  if (place === 'value') return before === ':' ? 'value' : undefined
  return isAssigning && (before === '=' || before === ':') ? 'argument' : undefined
}

/** Reads what is more than plain characters; undefined where such begin. */
function readPart(
  context: Context,
  place: WordPlace,
  character: string,
  tilde: ReturnType<typeof tildePlace>,
): WordPart | undefined {
  const inQuotes = place === 'quoted braces'
  switch (character) {
    case "'":
      return inQuotes ? undefined : readSingleQuotes(context)
    case '"':
      return readDoubleQuotes(context)
    case '$':
      if (context.cursor.peek(1) === "'" && inQuotes)
        context.report(
          dollarQuoteInBraces,
          context.cursor.span(context.cursor.position, context.cursor.position + 2),
        )
      else if (context.cursor.peek(1) === "'") return readDollarQuote(context)
      return readExpansion(context, inQuotes, readBracesWord)
    case '`':
      refuseBackquotes(context)
      return undefined
    case '\\':
      return readBackslash(context, inQuotes ? '$`"\\}' : undefined)
    case '<':
    case '>':
      return readSubstitutionInWord(context, place)
    case '~':
      return tilde && readTilde(context, tilde)
    case '*':
    case '?':
    case '[':
      return readGlob(context, place, character)
    default:
      return undefined
  }
}

function readBracesWord(context: Context, quoted: boolean): Word {
  return readWord(context, quoted ? 'quoted braces' : 'braces')
}

/** Takes the next character as text, with all that follow and can mean nothing else. */
function readPlain({ cursor }: Context, parts: WordPart[], place: WordPlace): void {
  const start = cursor.position
  const run = cursor.runLength(place === 'quoted braces' ? plainInQuotedBraces : plain)
  const end = start + Math.max(run, 1)
  appendLiteral(parts, cursor, start, end)
  cursor.moveTo(end)
}

const plain = /[^\s;&|()<>'"\\$`*?[\]{},~]+/y
const plainInQuotedBraces = /[^"\\$`}]+/y

function readSingleQuotes(context: Context): Quoted {
  const { cursor } = context
  const start = cursor.position
  const end = cursor.text.indexOf("'", start + 1)
  const parts: WordPart[] = []
  if (end < 0) {
    unclosed(context, "`'`", cursor.span(start, start + 1))
  } else {
    appendLiteral(parts, cursor, start + 1, end)
    cursor.moveTo(end + 1)
  }
  return { kind: 'quoted', span: cursor.span(start), style: 'single', parts }
}

/** Reads `"…"` (POSIX 2.2.3). */
export function readDoubleQuotes(context: Context): Quoted {
  const { cursor } = context
  const start = cursor.position
  const opening = cursor.span(start, start + 1)
  const parts: WordPart[] = []
  cursor.advance()
  while (!cursor.atEnd && cursor.peek() !== '"') {
    const from = cursor.position
    const part = readPartInQuotes(context)
    if (part) parts.push(part)
    else if (cursor.position === from) {
      const to = from + Math.max(cursor.runLength(plainInQuotes), 1)
      appendLiteral(parts, cursor, from, to)
      cursor.moveTo(to)
    }
  }
  if (!cursor.take('"')) unclosed(context, '`"`', opening)
  return { kind: 'quoted', span: cursor.span(start), style: 'double', parts }
}

const plainInQuotes = /[^"\\$`]+/y

function readPartInQuotes(context: Context): WordPart | undefined {
  switch (context.cursor.peek()) {
    case '$':
      return readExpansion(context, true, readBracesWord)
    case '`':
      refuseBackquotes(context)
      return undefined
    case '\\':
      return readBackslash(context, '$`"\\')
    default:
      return undefined
  }
}

function unclosed(context: Context, quote: string, span: Span): void {
  context.report(neverClosed(quote), span)
  context.stop()
}

/** Reads `\c`; where only some characters can be escaped, a backslash in front of another is text. */
function readBackslash(context: Context, escapable: string | undefined): WordPart | undefined {
  const { cursor } = context
  const start = cursor.position
  const end = start + 1 + String.fromCodePoint(cursor.text.codePointAt(start + 1) ?? 0).length
  const text = cursor.text.slice(start + 1, end)
  if (text === '') context.report(trailingBackslash, cursor.span(start, start + 1))
  if (escapable !== undefined && !escapable.includes(text)) return undefined
  cursor.moveTo(Math.min(end, cursor.text.length))
  return { kind: 'escape', span: cursor.span(start), text }
}

function readSubstitutionInWord(context: Context, place: WordPlace): WordPart | undefined {
  if (place === 'quoted braces' || context.cursor.peek(1) !== '(') return undefined
  const substitution = readProcessSubstitution(context)
  if (place === 'braces') context.report(substitutionInBraces, substitution.span)
  return substitution
}

function readGlob(context: Context, place: WordPlace, character: string): WordPart | undefined {
  if (place !== 'argument' && place !== 'target') return undefined
  const { cursor } = context
  const start = cursor.position
  if (character === '[') {
    const bracket = readBracket(context)
    if (bracket && place === 'target') context.report(globTarget, bracket.span)
    return bracket
  }
  cursor.advance()
  const span = cursor.span(start)
  if (place === 'target') context.report(globTarget, span)
  return { kind: 'glob', span, pattern: character, text: character }
}
