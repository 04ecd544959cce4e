/** An operand after its escapes: bytes, and which of them were escaped and so mean nothing but themselves. */
export interface Operand {
  readonly bytes: Uint8Array
  readonly escaped: readonly boolean[]
}

/** Reads backslash escapes (coreutils manual, "Character arrays"). */
export function unquote(text: Uint8Array, warn: (message: string) => void): Operand {
  const bytes: number[] = []
  const escaped: boolean[] = []
  for (let at = 0; at < text.length;) {
    const byte = text[at] ?? 0
    const next = text[at + 1]
    if (byte === backslash && next === undefined)
      warn('warning: an unescaped backslash at end of string is not portable')
    if (byte !== backslash || next === undefined) {
      bytes.push(byte)
      escaped.push(false)
      at++
      continue
    }
    const octal = /^[0-7]{1,3}/.exec(Buffer.from(text.subarray(at + 1, at + 4)).toString('latin1'))?.[0]
    const fitting = octal !== undefined && Number.parseInt(octal, 8) > 0xff ? octal.slice(0, 2) : octal
    if (octal !== undefined && octal !== fitting) warn(ambiguousOctal(octal))
    bytes.push(fitting === undefined ? (letters.get(next) ?? next) : Number.parseInt(fitting, 8))
    escaped.push(true)
    at += 1 + (fitting?.length ?? 1)
  }
  return { bytes: Uint8Array.from(bytes), escaped }
}

/** Bytes as messages show them. */
export function printable(bytes: readonly number[]): string {
  return bytes.map((byte) => names.get(byte) ?? printableByte(byte)).join('')
}

/** A byte of its own, as the message about a range shows it: without names for control characters. */
export function printableByte(byte: number): string {
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`
}

const backslash = 0x5c

/** Escape letters with the byte that each stands for. */
const letters = new Map(
  [...'abfnrtv'].map((letter, index) => [letter.charCodeAt(0), '\x07\b\f\n\r\t\v'.charCodeAt(index)]),
)

const names = new Map([...letters].map(([letter, byte]) => [byte, `\\${String.fromCharCode(letter)}`]))

function ambiguousOctal(digits: string): string {
  const parts = `\\0${digits.slice(0, 2)}, ${digits.slice(2)}`
  return `warning: the ambiguous octal escape \\${digits} is being\n\tinterpreted as the 2-byte sequence ${parts}`
}
