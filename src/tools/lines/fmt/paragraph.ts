import { cheapestBreak, chooseBreaks, type Word } from './breaks.js'
import { type Cursor, isAtEnd, isAtWordEnd, type Prefix, skipBlanks } from './line.js'
import type { Page } from './page.js'

/** How paragraphs are told apart and what their lines look like. */
export interface Style {
  readonly mode: 'fill' | 'split' | 'crown' | 'tagged'
  readonly prefix: Prefix
  readonly uniform: boolean
  readonly width: number
  readonly goal: number
}

/** The paragraphs of a file, one after another. */
export interface Paragraphs {
  /** The indents of the paragraph's first line and of the others. */
  readonly firstIndent: number
  readonly otherIndent: number
  /** Begins a paragraph whose prefix and words begin in these columns. */
  begin(prefixIndent: number, firstIndent: number): void
  /** Adds the words behind the cursor. A paragraph that becomes too long is written in part. */
  add(cursor: Cursor): void
  /** Settles the indent of the other lines: by the column of a further line, if there is one. */
  indentOthers(hasMore: boolean, column: number): void
  /** Writes what was added. */
  finish(): void
}

// GNU fmt holds no more of a paragraph; as it chooses breaks by what it holds, neither may we.
const maximumBytes = 5000
const maximumWords = 998

export function startParagraphs(page: Page, style: Style): Paragraphs {
  const { prefix, mode } = style
  const text = Buffer.alloc(maximumBytes)
  let length = 0
  let words: Word[] = []
  let prefixIndent = 0
  let firstIndent = 0
  let otherIndent = 0
  let lastLength = 0

  return {
    get firstIndent() {
      return firstIndent
    },
    get otherIndent() {
      return otherIndent
    },
    begin(newPrefixIndent, newFirstIndent) {
      prefixIndent = newPrefixIndent
      firstIndent = newFirstIndent
      lastLength = 0
      length = 0
      words = []
    },
    add,
    indentOthers,
    finish() {
      const last = words.at(-1)
      if (last !== undefined) last.hasPeriod = last.isFinal = true
      breakLines()
      writeLines(words.length)
    },
  }

  function add(cursor: Cursor): void {
    while (!isAtEnd(cursor)) {
      const start = addBytes(cursor)
      cursor.column += length - start
      const before = cursor.column
      skipBlanks(cursor)
      if (cursor.hasTab) page.usesTabs = true
      const word = wordAt(start, cursor.column - before, isAtEnd(cursor), cursor.isTerminated)
      if (words.length === maximumWords) {
        indentOthers(true, cursor.column)
        word.start = writePart(start)
      }
      words.push(word)
    }
  }

  /** Adds the bytes of the word at the cursor; returns where they begin. */
  function addBytes(cursor: Cursor): number {
    let start = length
    do {
      if (length === maximumBytes) {
        indentOthers(true, cursor.column)
        start = writePart(start)
      }
      text[length++] = cursor.bytes[cursor.at++] ?? 0
    } while (!isAtWordEnd(cursor))
    return start
  }

  /** The word from `start` to the text's end, with what follows it. */
  function wordAt(start: number, columns: number, endsLine: boolean, isTerminated: boolean): Word {
    let last = length - 1
    while (last > start && is(closing, text[last])) last--
    const hasPeriod = is(periods, text[last])
    const isFinal = endsLine ? hasPeriod || !isTerminated : hasPeriod && columns > 1
    return {
      start,
      length: length - start,
      space: endsLine || style.uniform ? (isFinal ? 2 : 1) : columns,
      opens: is(opening, text[start]),
      isPunctuated: is(punctuation, text[length - 1]),
      hasPeriod,
      isFinal,
      cost: 0,
      next: 0,
      lineLength: 0,
    }
  }

  /** Writes the words up to a good place to break, and moves the rest; returns where the word at `start` is then. */
  function writePart(start: number): number {
    if (words.length === 0) {
      page.bytes(text.subarray(0, length))
      length = 0
      return 0
    }
    breakLines()
    const split = cheapestBreak(words)
    writeLines(split)
    words = words.slice(split)
    const distance = words[0]?.start ?? start
    for (const word of words) word.start -= distance
    text.copyWithin(0, distance, length)
    length -= distance
    return start - distance
  }

  function breakLines(): void {
    const { goal, width } = style
    chooseBreaks(words, { firstIndent, otherIndent, goal, width, lastLength })
  }

  /** Writes the lines before the word `end`. */
  function writeLines(end: number): void {
    for (let index = 0; index < end; index = words[index]?.next ?? end) {
      page.column = 0
      page.spaces(prefixIndent)
      page.bytes(prefix.text)
      page.spaces((index === 0 ? firstIndent : otherIndent) - page.column)
      const next = words[index]?.next ?? end
      for (const [offset, word] of words.slice(index, next).entries()) {
        if (offset > 0) page.spaces(words[index + offset - 1]?.space ?? 0)
        page.bytes(text.subarray(word.start, word.start + word.length))
      }
      lastLength = page.column
      page.endLine()
    }
  }

  function indentOthers(hasMore: boolean, column: number): void {
    if (mode === 'crown') otherIndent = hasMore ? column : firstIndent
    else if (mode !== 'tagged') otherIndent = firstIndent
    else if (hasMore && column !== firstIndent) otherIndent = column
    // A tagged paragraph of one line has the indent of the last one, which must differ from that of its first line.
    else if (otherIndent === firstIndent) otherIndent = firstIndent === 0 ? 3 : 0
  }
}

/** What the bytes at a word's ends say of sentences. A NUL byte counts as any mark but punctuation, as in GNU fmt. */
const opening = bytesOf('([\'`"\0')
const closing = bytesOf(')]\'"\0')
const periods = bytesOf('.?!\0')
const punctuation = bytesOf('!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~')

function bytesOf(text: string): Uint8Array {
  const members = new Uint8Array(256)
  for (const byte of Buffer.from(text)) members[byte] = 1
  return members
}

function is(members: Uint8Array, byte: number | undefined): boolean {
  return byte !== undefined && members[byte] === 1
}
