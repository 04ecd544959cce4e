/** An escape that stands for a byte. */
interface Escape {
  readonly byte: number
  /** Offset behind it. */
  readonly end: number
}

const letters: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 }

const numbers: Readonly<Record<string, { digits: RegExp; base: number }>> = {
  d: { digits: /[0-9]{1,3}/y, base: 10 },
  o: { digits: /[0-7]{1,3}/y, base: 8 },
  x: { digits: /[0-9A-Fa-f]{1,2}/y, base: 16 },
}

/** Thrown for `\c\` before anything but another backslash. */
export class RecursiveEscape extends Error {}

/**
 * The escape whose letter stands at `at`, behind a backslash; undefined when it is none.
 * GNU sed manual, "Escapes".
 */
export function escapeAt(text: string, at: number): Escape | undefined {
  const letter = text.charAt(at)
  const byte = letters[letter]
  if (byte !== undefined) return { byte, end: at + 1 }
  if (letter === 'c') return controlAt(text, at + 1)
  const number = numbers[letter]
  if (number === undefined) return undefined
  number.digits.lastIndex = at + 1
  const digits = number.digits.exec(text)?.[0]
  return digits === undefined
    ? undefined
    : { byte: parseInt(digits, number.base) & 0xff, end: at + 1 + digits.length }
}

function controlAt(text: string, at: number): Escape | undefined {
  const character = text.charAt(at)
  if (character === '') return undefined
  if (character === '\\' && text.charAt(at + 1) !== '\\') throw new RecursiveEscape()
  return { byte: character.toUpperCase().charCodeAt(0) ^ 0x40, end: at + (character === '\\' ? 2 : 1) }
}

/** Replaces escapes that stand for bytes, and lets other backslashes be. */
export function convertEscapes(text: string): string {
  return walkEscapes(text, (character) => `\\${character}`, '\\')
}

/** Replaces escapes that stand for bytes, and drops other backslashes. */
export function removeEscapes(text: string): string {
  return walkEscapes(text, (character) => character, '')
}

/** The same of a pattern whose bracket expressions stay as they are. They end where GNU sees their end. */
export function convertOutsideBrackets(text: string): string {
  let result = ''
  let from = 0
  let bracket: '[' | ':' | '.' | '=' | undefined
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    const previous = text.charAt(at - 1)
    if (bracket === undefined) {
      if (character === '\\') at++
      if (character !== '[') continue
      result += convertEscapes(text.slice(from, at))
      from = at
      bracket = '['
    } else if (bracket === '[' && previous === '[' && isClassMark(character)) bracket = character
    else if (character === ']') {
      if (bracket !== '[' && previous === bracket && text.charAt(at - 2) !== bracket) bracket = '['
      else if (bracket === '[') {
        result += text.slice(from, at)
        from = at
        bracket = undefined
      }
    }
  }
  const rest = text.slice(from)
  return result + (bracket === undefined ? convertEscapes(rest) : rest)
}

function isClassMark(character: string): character is ':' | '.' | '=' {
  return character === ':' || character === '.' || character === '='
}

/** `unended` stands for a `\c` with nothing behind it. */
function walkEscapes(text: string, other: (character: string) => string, unended: string): string {
  let result = ''
  for (let at = 0; at < text.length;) {
    if (text[at] !== '\\' || at + 1 === text.length) {
      result += text.charAt(at++)
      continue
    }
    const escape = escapeAt(text, at + 1)
    if (escape !== undefined) result += String.fromCharCode(escape.byte)
    else result += isUnended(text, at + 1) ? unended : other(text.charAt(at + 1))
    at = escape?.end ?? at + 2
  }
  return result
}

/** Whether a `c` that nothing follows stands at `at`. */
export function isUnended(text: string, at: number): boolean {
  return text.charAt(at) === 'c' && at + 1 === text.length
}
