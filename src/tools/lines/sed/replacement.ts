import { escapeAt, isUnended } from './escape.js'
import type { LetterCase, Piece } from './program.js'

/**
 * Parses the replacement of `s`, a byte string. In POSIX mode no escape changes letters.
 * GNU sed manual, "The s Command".
 */
export function parseReplacement(text: string, posix: boolean): Piece[] {
  const pieces: Piece[] = []
  let literal = ''
  let letters: LetterCase = 'as-is'
  let firstLetter: LetterCase = 'as-is'
  const endPiece = (group: number | undefined): void => {
    if (literal !== '' || group !== undefined) {
      pieces.push({ literal: Buffer.from(literal, 'latin1'), group, letters, firstLetter })
      firstLetter = 'as-is'
    }
    literal = ''
  }
  for (let at = 0; at < text.length;) {
    const character = text.charAt(at++)
    if (character === '&') endPiece(0)
    else if (character !== '\\' || at === text.length) literal += character
    else {
      const letter = text.charAt(at)
      const escape = escapeAt(text, at)
      if (isUnended(text, at)) literal += '\\'
      else if (escape !== undefined) literal += String.fromCharCode(escape.byte)
      else if (letter >= '0' && letter <= '9') endPiece(Number(letter))
      else if (!posix && 'LUE'.includes(letter)) {
        endPiece(undefined)
        letters = letter === 'E' ? 'as-is' : letter === 'U' ? 'upper' : 'lower'
        firstLetter = 'as-is'
      } else if (!posix && 'lu'.includes(letter)) {
        endPiece(undefined)
        firstLetter = letter === 'u' ? 'upper' : 'lower'
      } else literal += letter
      at = escape?.end ?? at + 1
    }
  }
  endPiece(undefined)
  return pieces
}

/** Gives each part of the text that replaces a match to `write`; `groupBytes` tells what a group matched. */
export function writeReplacement(
  pieces: readonly Piece[],
  groupBytes: (group: number) => Buffer,
  write: (bytes: Uint8Array) => void,
): void {
  // A \u or \l before an empty group is for what comes next.
  let waiting: LetterCase = 'as-is'
  for (const piece of pieces) {
    let first: LetterCase = piece.firstLetter === 'as-is' ? waiting : piece.firstLetter
    waiting = 'as-is'
    if (piece.literal.length > 0) {
      write(inCase(piece.literal, piece.letters, first))
      first = 'as-is'
    }
    if (piece.group === undefined) continue
    const bytes = groupBytes(piece.group)
    if (bytes.length === 0) waiting = piece.firstLetter === 'as-is' ? 'as-is' : first
    else write(inCase(bytes, piece.letters, first))
  }
}

function inCase(bytes: Buffer, letters: LetterCase, firstLetter: LetterCase): Uint8Array {
  if (letters === 'as-is' && firstLetter === 'as-is') return bytes
  return Uint8Array.from(bytes, (byte, index) =>
    changeCase(byte, index === 0 && firstLetter !== 'as-is' ? firstLetter : letters),
  )
}

function changeCase(byte: number, letters: LetterCase): number {
  if (letters === 'upper' && byte >= 0x61 && byte <= 0x7a) return byte - 0x20
  if (letters === 'lower' && byte >= 0x41 && byte <= 0x5a) return byte + 0x20
  return byte
}
