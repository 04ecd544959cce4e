/** Walks over the bytes of a line, and keeps the column. */
export interface Cursor {
  readonly bytes: Buffer
  /** Whether a newline ends the line: the file's very last may have none. */
  readonly isTerminated: boolean
  at: number
  column: number
  hasTab: boolean
}

/** A line whose prefix has been read. */
export interface Line {
  readonly cursor: Cursor
  /** The column where the prefix begins. */
  readonly indent: number
}

/** The string that lines to be formatted begin with. */
export interface Prefix {
  /** The spaces before it. */
  readonly indent: number
  /** Without the spaces around it. */
  readonly text: Buffer
  /** With those behind it. */
  readonly fullLength: number
}

export function parsePrefix(text: string): Prefix {
  const [, before = '', rest = ''] = /^( *)(.*)$/s.exec(text) ?? []
  return {
    indent: before.length,
    text: Buffer.from(rest.replace(/ +$/, '')),
    fullLength: Buffer.byteLength(rest),
  }
}

/** Reads as much of the prefix as the line begins with; the blanks around it count. */
export function readPrefix(bytes: Buffer, isTerminated: boolean, prefix: Prefix): Line {
  const cursor: Cursor = { bytes, isTerminated, at: 0, column: 0, hasTab: false }
  skipBlanks(cursor)
  if (prefix.text.length === 0) return { cursor, indent: Math.min(prefix.indent, cursor.column) }
  const indent = cursor.column
  for (const byte of prefix.text) {
    if (bytes[cursor.at] !== byte) return { cursor, indent }
    cursor.at++
    cursor.column++
  }
  skipBlanks(cursor)
  return { cursor, indent }
}

export function skipBlanks(cursor: Cursor): void {
  for (; ; cursor.at++) {
    const byte = cursor.bytes[cursor.at]
    if (byte === tab) {
      cursor.hasTab = true
      cursor.column = nextTabStop(cursor.column)
    } else if (byte === space) cursor.column++
    else return
  }
}

/** Whether the cursor is behind a word: at white space, or at the line's end. */
export function isAtWordEnd({ bytes, at }: Cursor): boolean {
  const byte = bytes[at]
  return byte === undefined || byte === space || (byte >= tab && byte <= carriageReturn)
}

export function isAtEnd({ bytes, at }: Cursor): boolean {
  return at >= bytes.length
}

export function nextTabStop(column: number): number {
  return column + 8 - (column % 8)
}

export const tab = 0x09
export const space = 0x20
const carriageReturn = 0x0d
