import { join, type Span } from '../base/span.js'
import { skipBlanks, skipLines, skipLinesBeforePipe } from './blank.js'
import { readCommand, type Operator } from './command.js'
import type { Context, Opening } from './context.js'
import {
  background,
  caseSeparator,
  negatedStage,
  negatedTwice,
  neverClosed,
  neverOpened,
  nothingInside,
  unexpected,
} from './expected.js'
import { isReserved, recover } from './keyword.js'
import type { AndOr, Command, Link, List, Pipe, Pipeline } from './tree.js'

/** Reads the list after an opening bracket, and the closing one. */
export function readBracketedList(context: Context, opening: Opening): List {
  const { cursor, findings } = context
  const statements: AndOr[] = []
  const outer = context.opening
  context.opening = opening
  context.nested(opening.span, () => {
    readStatements(context, () => {
      const statement = readAndOr(context)
      if (statement) statements.push(statement)
    })
    const inside = cursor.position
    if (!cursor.take(closing(opening))) {
      const finding = neverClosed(`\`${opening.text}\``)
      if (cursor.atEnd) context.fail(finding, opening.span)
      else context.report(finding, opening.span)
    } else if (statements.length === 0 && context.findings === findings)
      context.report(nothingInside(`${opening.text} ${closing(opening)}`), {
        start: opening.span.start,
        end: cursor.offset(inside) + 1,
      })
  })
  context.opening = outer
  return listOf(statements, opening.span.end)
}

export function listOf(statements: readonly AndOr[], at: number): List {
  const first = statements[0]
  const last = statements.at(-1)
  return {
    kind: 'list',
    span: first && last ? join(first.span, last.span) : { start: at, end: at },
    statements,
  }
}

/** Calls `read` at the beginning of each statement, up to the end or a bracket that closes one that is open. */
export function readStatements(context: Context, read: () => void): void {
  const { cursor } = context
  for (;;) {
    skipLines(context)
    if (cursor.atEnd) return
    const bracket = cursor.peek()
    if (bracket === ')' || isReserved(context, '}')) {
      if (isOpen(context.opening, bracket)) return
      const start = cursor.position
      cursor.advance()
      context.report(neverOpened(bracket), cursor.span(start))
      skipBlanks(context)
      cursor.take(';')
    } else {
      read()
      endStatement(context)
    }
  }
}

function isOpen(opening: Opening | undefined, bracket: string): boolean {
  return opening !== undefined && (closing(opening) === bracket || isOpen(opening.outer, bracket))
}

function closing(opening: Opening): string {
  return opening.text === '{' ? '}' : ')'
}

/** Takes what ends a statement. A newline is left, and a bracket that closes. */
function endStatement(context: Context): void {
  const { cursor } = context
  skipBlanks(context)
  const start = cursor.position
  const separator = cursor.match(separators)?.[0]
  if (separator !== undefined) {
    cursor.advance(separator.length)
    if (separator === '&') context.report(background, cursor.span(start))
    else if (separator !== ';') context.report(caseSeparator(separator), cursor.span(start))
  } else if (!cursor.atEnd && !'\n)'.includes(cursor.peek()) && !isReserved(context, '}')) {
    context.report(unexpected(cursor.peek()), cursor.span(start, start + 1))
    recover(context)
    if (cursor.peek() === ';') cursor.advance()
  }
}

const separators = /;;&|;;|;&|;|&(?!&)/y

/** Reads pipelines joined by `&&` and `||`; undefined when anything in it is wrong, which is reported. */
export function readAndOr(context: Context): AndOr | undefined {
  const { cursor, findings } = context
  const first = readPipeline(context, undefined)
  const rest: Link[] = []
  for (;;) {
    skipBlanks(context)
    const start = cursor.position
    const text = cursor.take('&&') ? '&&' : cursor.take('||') ? '||' : undefined
    if (text === undefined) break
    const span = cursor.span(start)
    skipLines(context)
    const pipeline = readPipeline(context, { text, span })
    if (pipeline) rest.push({ kind: 'link', span: join(span, pipeline.span), operator: text, pipeline })
  }
  if (!first || context.findings !== findings) return undefined
  return { kind: 'and-or', span: join(first.span, rest.at(-1)?.span ?? first.span), first, rest }
}

function readPipeline(context: Context, before: Operator | undefined): Pipeline | undefined {
  const negation = takeNegation(context)
  const stages: Command[] = []
  const pipes: Pipe[] = []
  for (let after = negation ?? before; ;) {
    const stage = readCommand(context, after)
    if (stage) stages.push(stage)
    const pipe = takePipe(context)
    if (!pipe) break
    pipes.push(pipe)
    after = { text: pipe.withStderr ? '|&' : '|', span: pipe.span }
    skipLines(context)
    const misplaced = takeNegation(context)
    if (misplaced) context.report(negatedStage, misplaced.span)
  }
  const first = stages[0]
  const last = stages.at(-1)
  if (!first || !last || stages.length !== pipes.length + 1) return undefined
  const span: Span = join(negation?.span ?? first.span, last.span)
  return { kind: 'pipeline', span, negated: negation !== undefined, stages, pipes }
}

function takeNegation(context: Context): Operator | undefined {
  const { cursor } = context
  let first: Operator | undefined
  while (isReserved(context, '!')) {
    const start = cursor.position
    cursor.advance()
    const span = cursor.span(start)
    if (first) context.report(negatedTwice, span)
    first ??= { text: '!', span }
    skipBlanks(context)
  }
  return first
}

/** Takes the pipe behind a stage, also when it stands at the beginning of the next line. */
function takePipe(context: Context): Pipe | undefined {
  const { cursor } = context
  skipBlanks(context)
  if (cursor.peek() === '\n') skipLinesBeforePipe(context)
  if (cursor.peek() !== '|' || cursor.peek(1) === '|') return undefined
  const start = cursor.position
  cursor.advance()
  const withStderr = cursor.take('&')
  return { kind: 'pipe', span: cursor.span(start), withStderr }
}
