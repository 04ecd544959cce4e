import { bytesOf } from './bytes.js'

/**
 * Names in messages as GNU's quotearg prints them under LC_ALL=C (gnulib manual, "Quoting").
 */

/** An argument in single quotes, with escapes for what cannot be printed: `'a\nb'`. */
export function quote(text: string | Uint8Array): string {
  const bytes = typeof text === 'string' ? bytesOf(text) : text
  return `'${[...bytes].map(escapeByte).join('')}'`
}

function escapeByte(byte: number): string {
  const character = String.fromCharCode(byte)
  if (character === "'" || character === '\\') return `\\${character}`
  const named = namedEscapes[character]
  if (named !== undefined) return named
  return byte < 0x20 || byte >= 0x7f ? octal(byte) : character
}

/** A word as it stands when a shell would read it so, else quoted for a shell: `'a b'`, `'a'$'\n''b'`. */
export function quoteForShell(word: string): string {
  return word !== '' && !needsQuotes.test(word) ? word : quoteFileAlways(word)
}

/** The same for a file name, where a colon needs quotes too, because one follows in messages. */
export function quoteFile(name: string): string {
  return name.includes(':') ? quoteFileAlways(name) : quoteForShell(name)
}

/** A file name quoted for a shell, also where it need not be: `'f'`. */
export function quoteFileAlways(name: string): string {
  const bytes = bytesOf(name)
  const isPlain = bytes.every((byte) => byte >= 0x20 && byte < 0x7f)
  if (isPlain && name.includes("'") && !/["$`\\!]/.test(name)) return `"${name}"`
  let quoted = "'"
  let escaped = false
  for (const byte of bytes) {
    const character = String.fromCharCode(byte)
    if (byte < 0x20 || byte >= 0x7f) {
      if (!escaped) quoted += "'$'"
      escaped = true
      quoted += namedEscapes[character] ?? octal(byte)
    } else {
      // An apostrophe begins by closing the quotes, whichever are open.
      if (escaped && character !== "'") quoted += "''"
      escaped = false
      quoted += character === "'" ? "'\\''" : character
    }
  }
  return `${quoted}'`
}

const needsQuotes = /[^A-Za-z0-9_@%+,.:/\]{}~#-]|^[~#]|^\{$|^\}$/

const namedEscapes: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
}

function octal(byte: number): string {
  return `\\${byte.toString(8).padStart(3, '0')}`
}
