import { UsageError } from '../../../base/error.js'

/** A piece of a script: the argument of -e, or a file. Texts are byte strings. */
export interface ScriptPiece {
  readonly text: string
  /** Undefined for an expression. */
  readonly file: string | undefined
}

/** Reads a script character by character; a newline stands between its pieces. */
export interface ScriptReader {
  /** The next character, `''` at the end. */
  next(): string
  /** Puts the last character back. */
  back(): void
  peek(): string
  /** The next character that is no blank. */
  nextNonblank(): string
  /** Of the next character, from the script's beginning. */
  readonly offset: number
  /** Throws an error that names the place. */
  fail(message: string, at?: number): never
}

export function createScriptReader(pieces: readonly ScriptPiece[]): ScriptReader {
  const text = pieces.map((piece) => piece.text).join('\n')
  let at = 0
  let isPastEnd = false
  return {
    next,
    back() {
      if (!isPastEnd) at--
      isPastEnd = false
    },
    peek: () => text.charAt(at),
    nextNonblank() {
      let character = next()
      while (character === ' ' || character === '\t') character = next()
      return character
    },
    get offset() {
      return at
    },
    fail,
  }

  function next(): string {
    isPastEnd = at >= text.length
    return isPastEnd ? '' : text.charAt(at++)
  }

  function fail(message: string, place = at): never {
    throw new UsageError(toMessage(locate(place) + message), { hint: false, exit: 1 })
  }

  function locate(place: number): string {
    let start = 0
    let expressions = 0
    for (const [index, piece] of pieces.entries()) {
      if (piece.file === undefined) expressions++
      const end = start + piece.text.length
      if (place <= end || index === pieces.length - 1 || place === end + 1) {
        const inside = Math.min(place, end) - start
        if (piece.file === undefined) return `-e expression #${expressions}, char ${inside}: `
        return `file ${piece.file} line ${piece.text.slice(0, inside).split('\n').length}: `
      }
      start = end + 1
    }
    return ''
  }
}

/** A byte string as text again. */
export function toMessage(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString()
}

/** Text as a byte string. */
export function toByteString(text: string): string {
  return Buffer.from(text).toString('latin1')
}
