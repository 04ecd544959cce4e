import { textOf } from '../base/bytes.js'
import type { Context } from './context.js'
import { neverClosed, notUtf8, nulEscape, unknownEscape, type Finding } from './expected.js'
import { appendLiteral } from './literal.js'
import type { Quoted, WordPart } from './tree.js'

/** Reads `$'…'` (POSIX.1-2024, 2.2.4; Bash manual, "ANSI-C Quoting"). */
export function readDollarQuote(context: Context): Quoted {
  const { cursor } = context
  const { text, position: start } = cursor
  const parts: WordPart[] = []
  cursor.advance()
  let at = cursor.position + 1
  while (at < text.length && text[at] !== "'") {
    const from = at
    if (text[at] !== '\\') {
      while (at < text.length && text[at] !== "'" && text[at] !== '\\') at++
      appendLiteral(parts, cursor, from, at)
      continue
    }
    const { value, end } = readEscape(text, at)
    at = end
    if (typeof value === 'string') parts.push({ kind: 'escape', span: cursor.span(from, at), text: value })
    else context.report(value, cursor.span(from, at))
  }
  cursor.moveTo(Math.min(at + 1, text.length))
  if (at >= text.length) context.fail(neverClosed("`$'`"), cursor.span(start, start + 2))
  return { kind: 'quoted', span: cursor.span(start), style: 'dollar', parts }
}

interface ReadEscape {
  readonly value: string | Finding
  readonly end: number
}

/** Reads one escape, or all byte escapes that follow each other. */
function readEscape(text: string, start: number): ReadEscape {
  const byte = byteEscape(text, start)
  if (byte !== undefined) return readBytes(text, start)
  codePoint.lastIndex = start
  const found = codePoint.exec(text)
  if (found) {
    const value = parseInt(found[1] ?? found[2] ?? '', 16)
    const end = start + found[0].length
    if (value === 0) return { value: nulEscape, end }
    const isCharacter = value <= 0x10ffff && (value < 0xd800 || value > 0xdfff)
    return { value: isCharacter ? String.fromCodePoint(value) : notUtf8, end }
  }
  const name = text.charAt(start + 1)
  const end = Math.min(start + 2, text.length)
  if (name !== 'c') return { value: named[name] ?? unknownEscape(`\\${name}`), end }
  const control = text.charCodeAt(end) & 0x1f
  return {
    value: control === 0 ? nulEscape : String.fromCharCode(control),
    end: Math.min(end + 1, text.length),
  }
}

/** Bytes that follow each other are decoded together. */
function readBytes(text: string, start: number): ReadEscape {
  const bytes: number[] = []
  let end = start
  for (let next = byteEscape(text, end); next !== undefined; next = byteEscape(text, end)) {
    if (next.byte === 0) break
    bytes.push(next.byte)
    end = next.end
  }
  if (bytes.length === 0) return { value: nulEscape, end: byteEscape(text, start)?.end ?? end }
  return { value: textOf(Buffer.from(bytes)), end }
}

function byteEscape(text: string, start: number): { byte: number; end: number } | undefined {
  numeric.lastIndex = start
  const found = numeric.exec(text)
  if (!found) return undefined
  const byte = found[1] === undefined ? parseInt(found[2] ?? '', 16) : parseInt(found[1], 8)
  return { byte: byte & 0xff, end: start + found[0].length }
}

const numeric = /\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2}))/y
const codePoint = /\\(?:u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8}))/y

const named: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
}
