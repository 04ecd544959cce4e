import { join } from '../base/span.js'
import { braceWatch, type BraceWatch } from './brace.js'
import type { Context } from './context.js'
import { readDollarQuote } from './dollar-quote.js'
import { readExpansion, readProcessSubstitution, refuseBackquotes } from './expansion.js'
import { globTarget, singleQuoteInBraces, substitutionInBraces } from './expected.js'
import { readBracket } from './glob.js'
import { appendLiteral } from './literal.js'
import { readBackslash, readDoubleQuotes, readSingleQuotes } from './quote.js'
import { readTilde, type TildePlace } from './tilde.js'
import type { Word, WordPart } from './tree.js'

/**
 * Where a word stands, which decides what its unquoted characters mean: file names are matched for arguments;
 * shells differ about redirection targets; in a value (`NAME=value`, a default) and in a here-string's text
 * patterns are text, and so they are between `${NAME:-` and `}`, where blanks are, too.
 */
type WordPlace = 'argument' | 'target' | 'value' | 'text' | 'braces' | 'quoted braces'

/** A word while it is read. */
interface OpenWord {
  readonly place: WordPlace
  readonly parts: WordPart[]
  /** It begins as `NAME=`, though it is an argument. */
  readonly isAssigning: boolean
  readonly braces: BraceWatch | undefined
}

/** Reads the word that begins here; it has no parts when none does. */
export function readWord(context: Context, place: WordPlace): Word {
  const { cursor } = context
  const start = cursor.position
  const parts: WordPart[] = []
  const word: OpenWord = {
    place,
    parts,
    isAssigning: place === 'argument' && cursor.match(assignment) !== undefined,
    braces: place === 'argument' || place === 'target' ? braceWatch(context) : undefined,
  }
  while (!endsWord(context, place)) {
    const { position } = cursor
    word.braces?.see(cursor.peek(), position)
    const part = readPart(context, word)
    if (part) parts.push(part)
    else if (cursor.position === position) readPlain(context, word)
  }
  const [first] = parts
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
  if (character === '<' || character === '>') return cursor.peek(1) !== '('
  return ' \t\r\n;&|()'.includes(character)
}

/** Takes the next character as text, with all that follow and can mean nothing else. */
function readPlain({ cursor }: Context, { parts, place }: OpenWord): void {
  const start = cursor.position
  const end = start + Math.max(cursor.runLength(place === 'quoted braces' ? plainInQuotes : plain), 1)
  appendLiteral(parts, cursor, start, end)
  cursor.moveTo(end)
}

const plain = /[^\s;&|()<>'"\\$`*?[\]{},~]+/y
const plainInQuotes = /[^"'\\$`}]+/y

/** Reads what is more than plain characters; undefined where such begin, or something was refused. */
function readPart(context: Context, word: OpenWord): WordPart | undefined {
  const { cursor } = context
  const inQuotes = word.place === 'quoted braces'
  const character = cursor.peek()
  switch (character) {
    case "'":
      if (!inQuotes) return readSingleQuotes(context)
      context.report(singleQuoteInBraces, cursor.span(cursor.position, cursor.position + 1))
      return undefined
    case '"':
      return readDoubleQuotes(context, readBracesWord)
    case '$':
      if (cursor.peek(1) === "'" && !inQuotes) return readDollarQuote(context)
      return readExpansion(context, inQuotes, readBracesWord)
    case '`':
      refuseBackquotes(context)
      return undefined
    case '\\':
      return readBackslash(context, inQuotes ? '$`"\\}' : undefined)
    case '<':
    case '>':
      return readSubstitution(context, word)
    case '~': {
      const place = tildePlace(word)
      return place && readTilde(context, place)
    }
    case '*':
    case '?':
    case '[':
      return readGlob(context, word, character)
    default:
      return undefined
  }
}

function readBracesWord(context: Context, quoted: boolean): Word {
  return readWord(context, quoted ? 'quoted braces' : 'braces')
}

function readSubstitution(context: Context, { place }: OpenWord): WordPart | undefined {
  if (place === 'quoted braces' || context.cursor.peek(1) !== '(') return undefined
  const substitution = readProcessSubstitution(context)
  if (place === 'braces') context.report(substitutionInBraces, substitution.span)
  return substitution
}

function tildePlace({ place, parts, isAssigning }: OpenWord): TildePlace | undefined {
  if (place === 'quoted braces') return undefined
  if (parts.length === 0) return place === 'value' || place === 'braces' ? place : 'word'
  const last = parts.at(-1)
  const before = last?.kind === 'literal' ? last.text.at(-1) : undefined
  if (place === 'value') return before === ':' ? 'value' : undefined
  return isAssigning && (before === '=' || before === ':') ? 'argument' : undefined
}

function readGlob(context: Context, { place, braces }: OpenWord, character: string): WordPart | undefined {
  if (place !== 'argument' && place !== 'target') return undefined
  const { cursor } = context
  const start = cursor.position
  const bracket = character === '[' ? readBracket(context, braces) : undefined
  if (character === '[' && !bracket) return undefined
  if (!bracket) cursor.advance()
  const span = cursor.span(start)
  if (place === 'target') context.report(globTarget, span)
  return bracket ?? { kind: 'glob', span, pattern: character, text: character }
}
