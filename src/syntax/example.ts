import { skipBlanks, skipLines } from './blank.js'
import type { Context } from './context.js'
import {
  argumentsBeforeExpectations,
  exampleRedirection,
  expectationMissing,
  expectedWord,
  neverClosed,
  unexpected,
} from './expected.js'
import { isReserved, recover } from './keyword.js'
import { readRedirection, startsRedirection } from './redirection.js'
import { wordText } from './static-text.js'
import type { Example, Expectation, Redirection, Word } from './tree.js'
import { endsWord, readWord } from './word.js'

/**
 * Reads an example, a test of the file that stands in its help:
 *
 *     example     = "example" "{" newline { arguments newline } { expectation newline } "}"
 *     arguments   = { word | "<" word | "<<<" word }      of one run, over any number of lines
 *     expectation = "=>" word                             the next line of standard output
 *                 | "=>" "exit" number                    the exit code, 0 unless said
 *
 * Comments and blank lines may stand between the lines. The word after `=>` is static. Without `<` and `<<<`
 * the standard input is empty; without a word after `=>` so is the output.
 */
export function readExample(context: Context, start: number): Example {
  const { cursor } = context
  cursor.take('{')
  const opening = cursor.span(start)
  const words: Word[] = []
  const expected: Expectation[] = []
  let stdin: Redirection | undefined
  skipLines(context)
  while (!cursor.atEnd && !(cursor.atLineStart && isReserved(context, '}'))) {
    if (cursor.startsWith('=>')) readExpectation(context, expected)
    else if (startsRedirection(context)) {
      const redirection = readRedirection(context)
      const isInput = redirection?.operator === '<' || redirection?.operator === '<<<'
      if (redirection && (stdin || !isInput || redirection.descriptor !== 0))
        context.report(exampleRedirection, redirection.span)
      stdin ??= redirection
    } else if (endsWord(context, 'argument')) {
      context.report(unexpected(cursor.peek()), cursor.span(cursor.position, cursor.position + 1))
      cursor.advance()
      recover(context)
    } else {
      const word = readWord(context, 'argument')
      if (expected.length > 0) context.report(argumentsBeforeExpectations, word.span)
      words.push(word)
    }
    skipLines(context)
  }
  if (!cursor.take('}')) context.fail(neverClosed('this `example`'), opening)
  const span = cursor.span(start)
  if (expected.length === 0) context.report(expectationMissing, span)
  return { kind: 'example', span, arguments: words, stdin, expected }
}

function readExpectation(context: Context, expected: Expectation[]): void {
  const { cursor } = context
  const start = cursor.position
  cursor.advance(2)
  const arrow = cursor.span(start)
  skipBlanks(context)
  const exit = cursor.match(exitCode)
  if (exit) {
    cursor.advance(exit[0].length)
    expected.push({ kind: 'expected-exit', span: cursor.span(start), code: Number(exit[1]) })
  } else {
    const line = readWord(context, 'value')
    if (line.parts.length === 0 || !wordText(line)) context.report(expectedWord, arrow)
    const span = { start: arrow.start, end: line.span.end }
    expected.push({ kind: 'expected-line', span, line })
  }
  skipBlanks(context)
  if (!cursor.atEnd && cursor.peek() !== '\n') {
    const from = cursor.position
    cursor.advance()
    recover(context)
    context.report(expectedWord, cursor.span(from))
  }
}

const exitCode = /exit[ \t]+(\d{1,3})(?![^\s])/y
