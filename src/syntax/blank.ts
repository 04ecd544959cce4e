import type { Context } from './context.js'
import { carriageReturn } from './expected.js'

/**
 * What stands between the words: blanks, comments and newlines. A `#` begins a comment only where a word
 * could begin (POSIX 2.3), which is wherever these are called.
 */

/** Skips blanks, and the comment behind them. */
export function skipBlanks(context: Context): void {
  const { cursor } = context
  for (;;) {
    const character = cursor.peek()
    if (character === ' ' || character === '\t') cursor.advance()
    else if (character === '\r') skipCarriageReturn(context)
    else if (character === '#') readComment(context)
    else return
  }
}

/** Skips blanks, comments and newlines, blank lines included. */
export function skipLines(context: Context): void {
  skipBlanks(context)
  while (context.cursor.peek() === '\n') {
    context.cursor.advance()
    skipHereDocuments(context)
    skipBlanks(context)
  }
}

/**
 * Moves to a `|` or `|&` at the beginning of one of the next lines, which goes on with the pipeline before it;
 * only lines with a comment alone may stand between. Stays where it is when there is none.
 */
export function skipLinesBeforePipe(context: Context): void {
  const { cursor, comments } = context
  if (context.hereDocuments.length > 0) return
  const { position } = cursor
  const commentsBefore = comments.length
  let isBlankLine = false
  while (cursor.peek() === '\n' && !isBlankLine) {
    const commentsOfLine = comments.length
    cursor.advance()
    skipBlanks(context)
    isBlankLine = cursor.peek() === '\n' && comments.length === commentsOfLine
  }
  if (!isBlankLine && cursor.peek() === '|' && cursor.peek(1) !== '|') return
  cursor.returnTo(position)
  comments.length = commentsBefore
}

/** Takes the comment here; `undefined` when there is none. */
function readComment({ cursor, comments }: Context): void {
  const { text, position: start } = cursor
  const newline = text.indexOf('\n', start)
  let end = newline < 0 ? text.length : newline
  while (' \t\r'.includes(text.charAt(end - 1))) end--
  cursor.moveTo(end)
  comments.push({ kind: 'comment', span: cursor.span(start, end), text: text.slice(start, end) })
}

function skipCarriageReturn(context: Context): void {
  const { cursor } = context
  const start = cursor.position
  cursor.advance()
  if (!context.reportedCarriageReturn) context.report(carriageReturn, cursor.span(start))
  context.reportedCarriageReturn = true
}

/** Here-documents are refused; their bodies are not commands. */
function skipHereDocuments({ cursor, hereDocuments }: Context): void {
  const { text } = cursor
  for (const delimiter of hereDocuments.splice(0)) {
    let line
    do {
      const newline = text.indexOf('\n', cursor.position)
      const end = newline < 0 ? text.length : newline
      line = text.slice(cursor.position, end).replace(/^\t+/, '')
      cursor.moveTo(Math.min(end + 1, text.length))
    } while (line !== delimiter && !cursor.atEnd)
  }
}
