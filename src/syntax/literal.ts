import type { Cursor } from './cursor.js'
import type { Literal, WordPart } from './tree.js'

/**
 * Appends the characters between two positions as literals: one where they stand side by side in the
 * outermost text, with what is already there; several where they do not.
 */
export function appendLiteral(parts: WordPart[], cursor: Cursor, start: number, end: number): void {
  for (let from = start; from < end;) {
    const offset = cursor.offset(from)
    let to = from + 1
    while (to < end && cursor.offset(to) === offset + to - from) to++
    append(parts, {
      kind: 'literal',
      span: { start: offset, end: offset + to - from },
      text: cursor.text.slice(from, to),
    })
    from = to
  }
}

function append(parts: WordPart[], literal: Literal): void {
  const last = parts.at(-1)
  if (last?.kind === 'literal' && last.span.end === literal.span.start)
    parts[parts.length - 1] = {
      kind: 'literal',
      span: { start: last.span.start, end: literal.span.end },
      text: last.text + literal.text,
    }
  else parts.push(literal)
}
