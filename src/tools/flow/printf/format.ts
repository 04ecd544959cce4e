import { asText } from './bytes.js'
import { readEscape } from './escape.js'
import type { Conversion, Piece, Size } from './piece.js'

/** Reads a format (coreutils manual, "printf invocation"). What is wrong in it is so when it is reached. */
export function parseFormat(format: string): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  while (at < format.length) {
    const { piece, end } = readPiece(format, at)
    pieces.push(piece)
    at = end
  }
  return pieces
}

function readPiece(format: string, at: number): { piece: Piece; end: number } {
  switch (format[at]) {
    case '\\':
      return readEscape(format, at, 'NNN')
    case '%':
      return readDirective(format, at)
    default: {
      const special = /[\\%]/g
      special.lastIndex = at
      const end = special.exec(format)?.index ?? format.length
      return { piece: { kind: 'text', text: format.slice(at, end) }, end }
    }
  }
}

function readDirective(format: string, at: number): { piece: Piece; end: number } {
  const second = format[at + 1] ?? ''
  const short = shortDirectives[second]
  if (short !== undefined) return { piece: short, end: at + 2 }
  const directive = /%([-+ #0'I]*)(\*|\d*)(?:\.(\*|\d*))?[lLhjtz]*(.?)/sy
  directive.lastIndex = at
  const [whole = '', flags = '', width = '', precision, letter = ''] = directive.exec(format) ?? []
  const isKnown = conversions.includes(letter) && letter !== ''
  const isRefused = refusedLetters(flags, precision !== undefined).includes(letter)
  const piece: Conversion = {
    kind: 'conversion',
    letter,
    flags,
    width: width === '' ? undefined : size(width),
    precision: precision === undefined ? undefined : size(precision),
    mistake: isKnown && !isRefused ? undefined : `${asText(whole)}: invalid conversion specification`,
  }
  return { piece, end: at + whole.length }
}

const shortDirectives: Readonly<Record<string, Piece>> = {
  '%': { kind: 'text', text: '%' },
  b: { kind: 'escaped' },
  q: { kind: 'quoted' },
}

const conversions = 'aAcdeEfFgGiosuxX'

/** The conversions that flags or a precision make no sense with. */
function refusedLetters(flags: string, hasPrecision: boolean): string {
  const byFlags = [...flags].map((flag) => refusedByFlag[flag] ?? '')
  return byFlags.join('') + (hasPrecision ? 'c' : '')
}

const refusedByFlag: Readonly<Record<string, string>> = {
  "'": 'aAceEosxX',
  I: 'aAceEosxX',
  '#': 'cdisu',
  '0': 'cs',
}

function size(text: string): Size {
  return text === '*' ? 'argument' : Number(text)
}
