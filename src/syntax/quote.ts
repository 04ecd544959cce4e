import type { Context } from './context.js'
import { readExpansion, refuseBackquotes, type ReadBracesWord } from './expansion.js'
import { neverClosed, trailingBackslash } from './expected.js'
import { appendLiteral } from './literal.js'
import type { Escape, Quoted, WordPart } from './tree.js'

/** Reads `'…'` (POSIX 2.2.2). */
export function readSingleQuotes(context: Context): Quoted {
  const { cursor } = context
  const start = cursor.position
  const end = cursor.text.indexOf("'", start + 1)
  const parts: WordPart[] = []
  if (end < 0) context.fail(neverClosed("`'`"), cursor.span(start, start + 1))
  else {
    appendLiteral(parts, cursor, start + 1, end)
    cursor.moveTo(end + 1)
  }
  return { kind: 'quoted', span: cursor.span(start), style: 'single', parts }
}

/** Reads `"…"` (POSIX 2.2.3). */
export function readDoubleQuotes(context: Context, readInner: ReadBracesWord): Quoted {
  const { cursor } = context
  const start = cursor.position
  const opening = cursor.span(start, start + 1)
  const parts: WordPart[] = []
  cursor.advance()
  while (!cursor.atEnd && cursor.peek() !== '"') {
    const from = cursor.position
    const part = readPart(context, readInner)
    if (part) parts.push(part)
    else if (cursor.position === from) {
      const to = from + Math.max(cursor.runLength(plain), 1)
      appendLiteral(parts, cursor, from, to)
      cursor.moveTo(to)
    }
  }
  if (!cursor.take('"')) context.fail(neverClosed('`"`'), opening)
  return { kind: 'quoted', span: cursor.span(start), style: 'double', parts }
}

const plain = /[^"\\$`]+/y

function readPart(context: Context, readInner: ReadBracesWord): WordPart | undefined {
  switch (context.cursor.peek()) {
    case '$':
      return readExpansion(context, true, readInner)
    case '`':
      refuseBackquotes(context)
      return undefined
    case '\\':
      return readBackslash(context, '$`"\\')
    default:
      return undefined
  }
}

/** Reads `\c`; where only some characters can be escaped, a backslash in front of another is text. */
export function readBackslash(context: Context, escapable?: string): Escape | undefined {
  const { cursor } = context
  const start = cursor.position
  const escaped = cursor.text.codePointAt(start + 1)
  if (escaped === undefined) {
    context.report(trailingBackslash, cursor.span(start, start + 1))
    return undefined
  }
  const text = String.fromCodePoint(escaped)
  if (escapable !== undefined && !escapable.includes(text)) return undefined
  cursor.moveTo(start + 1 + text.length)
  return { kind: 'escape', span: cursor.span(start), text }
}
