/** A half-open range of UTF-16 offsets into a source's text. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A text that specs are read from: a `.pipe` file, the word after `-c`, or a template literal. */
export interface Source {
  /** What messages call it: the file's path, `-c`, … */
  readonly name: string
  readonly text: string
}

/** Line and column, both counted from 1; the column counts code points. */
export interface Position {
  readonly line: number
  readonly column: number
}

export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  const line = before.split('\n').length
  return { line, column: [...before.slice(lineStart)].length + 1 }
}

export function join(first: Span, last: Span): Span {
  return { start: first.start, end: last.end }
}
