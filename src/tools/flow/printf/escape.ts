import type { Literal } from './piece.js'

/** How octal escapes are written: in a format as `\NNN`, in the argument of `%b` also as `\0NNN`. */
type Octal = 'NNN' | '0NNN'

/** What an argument of `%b` stands for, up to what ends the output. */
export function* unescape(text: string): Generator<Literal> {
  for (let at = 0; at < text.length;) {
    const backslash = text.indexOf('\\', at)
    const plain = text.slice(at, backslash < 0 ? undefined : backslash)
    if (plain !== '') yield { kind: 'text', text: plain }
    if (backslash < 0) return
    const { piece, end } = readEscape(text, backslash, '0NNN')
    yield piece
    at = end
  }
}

/** Reads the escape that begins with the backslash at `at`; before any other character it stands for itself. */
export function readEscape(text: string, at: number, octal: Octal): { piece: Literal; end: number } {
  const escape = escapes[octal]
  escape.lastIndex = at
  const { 0: whole = '', groups = {} } = escape.exec(text) ?? {}
  return { piece: literal(whole, groups), end: at + whole.length }
}

const escapes: Readonly<Record<Octal, RegExp>> = {
  NNN: escapeWith('(?<octal>[0-7]{1,3})'),
  '0NNN': escapeWith('(?=[0-7])0?(?<octal>[0-7]{0,3})'),
}

function escapeWith(octal: string): RegExp {
  const digit = '[\\dA-Fa-f]'
  return new RegExp(
    String.raw`\\(?:x(?<byte>${digit}{0,2})|u(?<short>${digit}{0,4})|U(?<long>${digit}{0,8})|${octal}|.?)`,
    'sy',
  )
}

function literal(
  whole: string,
  { byte, octal, short, long }: Readonly<Partial<Record<string, string>>>,
): Literal {
  if (byte !== undefined) return byte === '' ? noDigits : character(parseInt(byte, 16))
  if (octal !== undefined) return character(parseInt(`0${octal}`, 8) & 0xff)
  if (short !== undefined) return universal('u', short, 4)
  if (long !== undefined) return universal('U', long, 8)
  if (whole === '\\c') return { kind: 'cut' }
  return { kind: 'text', text: letters[whole.slice(1)] ?? whole }
}

const letters: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

const noDigits: Literal = { kind: 'mistake', message: 'missing hexadecimal number in escape' }

function character(code: number): Literal {
  return { kind: 'text', text: String.fromCharCode(code) }
}

/** A universal character name: in the C locale only `$`, `@` and a backtick are there to be printed. */
function universal(letter: 'u' | 'U', digits: string, width: number): Literal {
  if (digits.length < width) return noDigits
  const code = parseInt(digits, 16)
  if (code === 0x24 || code === 0x40 || code === 0x60) return character(code)
  if (code <= 0x9f || (code >= 0xd800 && code <= 0xdfff))
    return { kind: 'mistake', message: `invalid universal character name \\${letter}${digits.toLowerCase()}` }
  // The tags of Unicode are nothing that is seen.
  if (code >= 0xe0000 && code <= 0xe007f) return { kind: 'text', text: '' }
  const name = code.toString(16).toUpperCase()
  return {
    kind: 'text',
    text: code < 0x10000 ? `\\u${name.padStart(4, '0')}` : `\\U${name.padStart(8, '0')}`,
  }
}
