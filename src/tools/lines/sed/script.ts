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
  /** Throws an error that names the place of what was read last. */
  fail(message: string): never
  /** Throws an error about something that began at an offset and never ended. */
  failUnclosed(message: string, at: number): never
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
    failUnclosed,
  }

  function next(): string {
    isPastEnd = at >= text.length
    return isPastEnd ? '' : text.charAt(at++)
  }

  function fail(message: string): never {
    // A newline between two pieces belongs to the first.
    throw errorAt(message, at - 1, (piece, inside) => Math.min(inside + 1, piece.text.length))
  }

  function failUnclosed(message: string, from: number): never {
    throw errorAt(message, from, () => 0)
  }

  function errorAt(
    message: string,
    offset: number,
    characterIn: (piece: ScriptPiece, inside: number) => number,
  ): UsageError {
    let start = 0
    let expressions = 0
    let place = ''
    for (const piece of pieces) {
      if (start > Math.max(offset, 0)) break
      const inside = offset - start
      if (piece.file === undefined) {
        place = `-e expression #${++expressions}, char ${characterIn(piece, inside)}: `
      } else place = `file ${piece.file} line ${piece.text.slice(0, inside + 1).split('\n').length}: `
      start += piece.text.length + 1
    }
    return new UsageError(toMessage(place + message), { hint: false, exit: 1 })
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
