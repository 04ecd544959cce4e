import { join, type Span } from '../base/span.js'
import { skipBlanks, skipLines } from './blank.js'
import type { Context } from './context.js'
import {
  aliases,
  appending,
  arithmeticCommand,
  arrays,
  bareAssignment,
  caseSeparator,
  functionPlace,
  nothingAfter,
  nothingBefore,
  nothingBeforeLine,
  onlyRedirections,
  unexpectedWord,
} from './expected.js'
import { isReserved, keywordAt, recover, refuseKeyword } from './keyword.js'
import { readRedirection, readRedirections, startsRedirection } from './redirection.js'
import { skipParentheses } from './skip.js'
import type { Assignment, Command, Group, Redirection, SimpleCommand, Subshell, Word } from './tree.js'
import { endsWord, readWord } from './word.js'

/** An operator after which a command must come. */
export interface Operator {
  readonly text: string
  readonly span: Span
}

/** Reads one stage (POSIX 2.9); undefined when none is here or it was refused, which is reported. */
export function readCommand(context: Context, after: Operator | undefined): Command | undefined {
  const { cursor } = context
  for (let word = keywordAt(context); word !== undefined; word = keywordAt(context)) {
    const mayFollow = refuseKeyword(context, word)
    if (word === 'function') readMisplacedFunction(context)
    if (!mayFollow || endsWord(context, 'argument')) return undefined
  }
  if (cursor.startsWith('((')) {
    refuseArithmeticCommand(context)
    return undefined
  }
  if (startsCompound(context)) return readCompound(context)
  const startsWord = !endsWord(context, 'argument') && !isReserved(context, '}')
  if (startsWord || startsRedirection(context)) return readSimpleCommand(context)
  reportMissing(context, after)
  return undefined
}

export function startsCompound(context: Context): boolean {
  return context.cursor.peek() === '(' || isReserved(context, '{')
}

/** Reads `{ list }` or `( list )`, and the redirections behind it. */
export function readCompound(context: Context): Group | Subshell {
  const { cursor } = context
  const start = cursor.position
  const text = cursor.peek() === '{' ? '{' : '('
  const closing = text === '{' ? '}' : ')'
  cursor.advance()
  const list = context.readList(context, { text, span: cursor.span(start), outer: context.opening })
  const brackets = cursor.span(start)
  const redirections = readRedirections(context)
  if (!endsWord(context, 'argument') && !isReserved(context, '}')) {
    const from = cursor.position
    context.silently(() => readWord(context, 'argument'))
    context.report(unexpectedWord(closing), cursor.span(from))
    recover(context)
  }
  return {
    kind: text === '{' ? 'group' : 'subshell',
    span: join(brackets, redirections.at(-1)?.span ?? brackets),
    list,
    redirections,
  }
}

function readSimpleCommand(context: Context): SimpleCommand | undefined {
  const { cursor } = context
  const assignments: Assignment[] = []
  const words: Word[] = []
  const redirections: Redirection[] = []
  const start = cursor.position
  let end = start
  for (;;) {
    if (startsRedirection(context)) {
      const redirection = readRedirection(context)
      if (redirection) redirections.push(redirection)
    } else if (endsWord(context, 'argument')) break
    else {
      const assignment = words.length === 0 ? readAssignment(context) : undefined
      if (assignment) assignments.push(assignment)
      else words.push(readWord(context, 'argument'))
    }
    end = Math.max(end, cursor.consumed)
    skipBlanks(context)
  }
  const span = cursor.span(start, end)
  const [name] = words
  if (name) {
    reportUnusable(context, name)
    return { kind: 'command', span, assignments, words, redirections }
  }
  const [assignment] = assignments
  context.report(assignment ? bareAssignment(assignment.name) : onlyRedirections, span)
  return undefined
}

/** Reports a name that only means something to a shell; and a function defined where none can be. */
function reportUnusable(context: Context, name: Word): void {
  const [part] = name.parts
  if (name.parts.length === 1 && part?.kind === 'literal' && /^(?:un)?alias$/.test(part.text))
    context.report(aliases(part.text), name.span)
  if (context.cursor.match(emptyParentheses)) {
    context.report(functionPlace, name.span)
    skipFunctionBody(context)
  }
}

const emptyParentheses = /\([ \t]*\)/y

/** Reads `NAME=value`; undefined when the word here is none. */
function readAssignment(context: Context): Assignment | undefined {
  const { cursor } = context
  const found = cursor.match(assignment)
  if (!found) return undefined
  const start = cursor.position
  const [written, name = '', index, plus] = found
  cursor.advance(written.length)
  const nameSpan = cursor.span(start)
  if (index !== undefined || cursor.peek() === '(') {
    if (cursor.peek() === '(') skipParentheses(context)
    context.report(arrays, cursor.span(start))
  } else if (plus !== undefined) context.report(appending(name), nameSpan)
  const value = readWord(context, 'value')
  return { kind: 'assignment', span: join(nameSpan, value.span), name, value }
}

/** Bash reads any `name[` here as the beginning of an array's element. */
const assignment = /([A-Za-z_]\w*)(?:(\[)|(\+)?=)/y

function refuseArithmeticCommand(context: Context): void {
  const { cursor } = context
  const start = cursor.position
  skipParentheses(context)
  context.report(arithmeticCommand, cursor.span(start))
  readRedirections(context)
}

/** Skips what follows `function`, which is reported: a name, perhaps `()`, and a body. */
function readMisplacedFunction(context: Context): void {
  context.silently(() => {
    readWord(context, 'argument')
    skipBlanks(context)
    skipFunctionBody(context)
  })
}

function skipFunctionBody(context: Context): void {
  const { cursor } = context
  context.silently(() => {
    cursor.advance(cursor.match(emptyParentheses)?.[0].length ?? 0)
    skipLines(context)
    if (startsCompound(context)) readCompound(context)
  })
}

function reportMissing(context: Context, after: Operator | undefined): void {
  const { cursor } = context
  const operator = cursor.match(anyOperator)?.[0] ?? cursor.peek()
  const span = cursor.span(cursor.position, cursor.position + operator.length)
  if (after) context.report(nothingAfter(after.text), after.span)
  else if (/^;[;&]/.test(operator)) context.report(caseSeparator(operator), span)
  else if (/^(?:\||&&)/.test(operator) && cursor.position > 0 && cursor.atLineStart)
    context.report(nothingBeforeLine(operator), span)
  else context.report(nothingBefore(operator), span)
}

const anyOperator = /&&|\|\||\|&|;;&|;;|;&|[;&|]/y
