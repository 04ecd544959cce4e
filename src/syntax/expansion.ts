import type { Span } from '../base/span.js'
import type { Context } from './context.js'
import {
  arithmetic,
  backquotes,
  badParameter,
  neverClosed,
  parameterExpansion,
  specialParameter,
  translated,
  type Finding,
} from './expected.js'
import { skipParentheses } from './skip.js'
import type { CommandSubstitution, ParameterCondition, ProcessSubstitution, Word, WordPart } from './tree.js'

/** Reads what stands between an operator such as `:-` and the closing `}`, which it leaves. */
export type ReadBracesWord = (context: Context, quoted: boolean) => Word

/** Reads what a `$` begins (POSIX 2.6); undefined when it is text. */
export function readExpansion(
  context: Context,
  quoted: boolean,
  readInner: ReadBracesWord,
): WordPart | undefined {
  const { cursor } = context
  const start = cursor.position
  const next = cursor.peek(1)
  if (next === '(' && cursor.peek(2) === '(') {
    refuseArithmetic(context)
    return undefined
  }
  if (next === '(') return readCommandSubstitution(context)
  if (next === '{') return readBraces(context, quoted, readInner)
  if (next === '[') context.report(arithmetic('$[…]'), cursor.span(start, start + 2))
  if (next === '"' && !quoted) context.report(translated, cursor.span(start, start + 1))
  if (!/[\w@*#?$!-]/.test(next)) return undefined
  cursor.advance()
  const name = takeName(context)
  const span = cursor.span(start)
  if (refusedParameters.test(name)) context.report(specialParameter(name), span)
  return { kind: 'parameter', span, name }
}

/** Takes a variable's name, or the one character that names a special parameter. */
function takeName({ cursor }: Context): string {
  return /[A-Za-z_]/.test(cursor.peek()) ? cursor.takeRun(nameCharacters) : cursor.takeCharacter()
}

const nameCharacters = /\w+/y
const digits = /\d+/y
const refusedParameters = /^[?$!_-]$/

/** Reads `${…}` (POSIX 2.6.2). */
function readBraces(context: Context, quoted: boolean, readInner: ReadBracesWord): WordPart | undefined {
  const { cursor } = context
  const start = cursor.position
  const opening = cursor.span(start, start + 2)
  return context.nested(opening, () => {
    cursor.advance(2)
    const isLength = cursor.peek() === '#' && cursor.peek(1) !== '}'
    if (isLength) cursor.advance()
    const name = takeNameInBraces(context)
    const written = `\${${isLength ? '#' : ''}${name}`
    const hasLength = !/^[@*#]?$/.test(name)
    if (cursor.peek() === '}' && (isLength ? hasLength : name !== '')) {
      cursor.advance()
      const span = cursor.span(start)
      if (refusedParameters.test(name)) context.report(specialParameter(name), span)
      return { kind: isLength ? 'length' : 'parameter', span, name }
    }
    const operator = cursor.match(condition)?.[0]
    if (isCondition(operator) && hasLength && !isLength) {
      cursor.advance(operator.length)
      const word = readInner(context, quoted)
      close(context, opening)
      return { kind: 'condition', span: cursor.span(start), name, operator, word }
    }
    const unknown = cursor.match(assignment)?.[0] ?? cursor.peek()
    context.silently(() => readInner(context, quoted))
    const isClosed = close(context, opening)
    if (isClosed) context.report(refusal(written, name, unknown), cursor.span(start))
    return undefined
  })
}

function takeNameInBraces(context: Context): string {
  const { cursor } = context
  const next = cursor.peek()
  if (/\d/.test(next)) return cursor.takeRun(digits).replace(/^0+(?=\d)/, '')
  // `${!NAME}` and `${-…}` are no parameters when more follows.
  const isSpecial = /[@*]/.test(next) || (/[#?$!-]/.test(next) && cursor.peek(1) === '}')
  return /[A-Za-z_]/.test(next) || isSpecial ? takeName(context) : ''
}

const condition = /:?[-?+]/y
const assignment = /:?=/y

function isCondition(operator: string | undefined): operator is ParameterCondition['operator'] {
  return operator !== undefined
}

function close(context: Context, opening: Span): boolean {
  const isClosed = context.cursor.take('}')
  if (!isClosed) context.fail(neverClosed('`${`'), opening)
  return isClosed
}

function refusal(written: string, name: string, operator: string): Finding {
  if (name === '' && !/[#!]/.test(`${written}${operator}`))
    return badParameter(`${written}${operator === '}' ? '' : '…'}}`)
  if (name === '@' || name === '*') return parameterExpansion(`${written}${operator}…}`, '@')
  return parameterExpansion(operator === '}' ? `${written}}` : `${written}${operator}…}`, operator)
}

function readCommandSubstitution(context: Context): CommandSubstitution {
  const { cursor } = context
  const start = cursor.position
  cursor.advance(2)
  const list = context.readList(context, { text: '$(', span: cursor.span(start), outer: undefined })
  return { kind: 'command-substitution', span: cursor.span(start), list }
}

/** Reads `<(list)` or `>(list)` (Bash manual, "Process Substitution"). */
export function readProcessSubstitution(context: Context): ProcessSubstitution {
  const { cursor } = context
  const start = cursor.position
  const direction = cursor.peek() === '<' ? '<' : '>'
  cursor.advance(2)
  const list = context.readList(context, {
    text: `${direction}(`,
    span: cursor.span(start),
    outer: undefined,
  })
  return { kind: 'process-substitution', span: cursor.span(start), direction, list }
}

function refuseArithmetic(context: Context): void {
  const { cursor } = context
  const start = cursor.position
  cursor.advance()
  skipParentheses(context)
  context.report(arithmetic('$((…))'), cursor.span(start))
}

/** Refuses `` `…` ``. */
export function refuseBackquotes(context: Context): void {
  const { cursor } = context
  const { text, position: start } = cursor
  let end = start + 1
  while (end < text.length && text[end] !== '`') end += text[end] === '\\' ? 2 : 1
  cursor.moveTo(Math.min(end + 1, text.length))
  context.report(backquotes, cursor.span(start))
}
