import { bytesOf, textOf } from '../../../base/bytes.js'
import { UsageError } from '../../../base/error.js'

/** A piece of a script: the argument of -e, or a file. Texts are byte strings. */
export interface ScriptPiece {
  readonly text: string
  /** Undefined for an expression. */
  readonly file: string | undefined
}

/** Reads the pieces of a script one after the other, character by character. */
export interface ScriptReader {
  /** The next character, `''` at the end of a piece. */
  next(): string
  /** Puts the last character back. */
  back(): void
  peek(): string
  /** The next character that is no blank. */
  nextNonblank(): string
  /** Goes on with the next piece; false when there is none. */
  nextPiece(): boolean
  /** Nothing was read yet but what is given. */
  beginsWith(text: string): boolean
  /** The place of something that may never end, as errors name it. */
  readonly openPlace: string
  /** Throws an error that names the place of what was read last. */
  fail(message: string, place?: string): never
}

export function createScriptReader(pieces: readonly ScriptPiece[]): ScriptReader {
  let index = 0
  let at = 0
  let isPastEnd = false
  const text = (): string => pieces[index]?.text ?? ''
  return {
    next,
    back() {
      if (!isPastEnd) at--
      isPastEnd = false
    },
    peek: () => text().charAt(at),
    nextNonblank() {
      let character = next()
      while (character === ' ' || character === '\t') character = next()
      return character
    },
    nextPiece() {
      if (index + 1 >= pieces.length) return false
      index++
      at = 0
      return true
    },
    beginsWith: (start) => index === 0 && at === start.length && text().startsWith(start),
    get openPlace() {
      return place(0)
    },
    fail(message, where = place(at)) {
      throw new UsageError(toMessage(where + message), { hint: false, exit: 1 })
    },
  }

  function next(): string {
    isPastEnd = at >= text().length
    return isPastEnd ? '' : text().charAt(at++)
  }

  function place(character: number): string {
    const file = pieces[index]?.file
    if (file !== undefined) return `file ${file} line ${text().slice(0, at).split('\n').length}: `
    const number = pieces.slice(0, index + 1).filter((piece) => piece.file === undefined).length
    return `-e expression #${number}, char ${character}: `
  }
}

/** A byte string as text again. */
export function toMessage(bytes: string): string {
  return textOf(Buffer.from(bytes, 'latin1'))
}

/** Text as a byte string. */
export function toByteString(text: string): string {
  return bytesOf(text).toString('latin1')
}
