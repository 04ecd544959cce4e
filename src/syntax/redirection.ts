import { join } from '../base/span.js'
import { skipBlanks } from './blank.js'
import type { Context } from './context.js'
import { bothStreams, hereDocument, namedDescriptor, notADescriptor, noTarget } from './expected.js'
import { wordText } from './static-text.js'
import type { Redirection, RedirectionOperator, Word } from './tree.js'
import { endsWord, readWord } from './word.js'

/** Reads redirections as long as there are some (POSIX 2.7). */
export function readRedirections(context: Context): Redirection[] {
  const redirections: Redirection[] = []
  for (;;) {
    skipBlanks(context)
    if (!startsRedirection(context)) return redirections
    const redirection = readRedirection(context)
    if (redirection) redirections.push(redirection)
  }
}

export function startsRedirection({ cursor }: Context): boolean {
  return cursor.match(beginning) !== undefined
}

/** Reads the redirection that begins here; undefined when it was refused. */
export function readRedirection(context: Context): Redirection | undefined {
  const { cursor } = context
  const start = cursor.position
  const name = cursor.match(namedNumber)
  if (name) {
    cursor.advance(name[0].length)
    context.report(namedDescriptor, cursor.span(start))
  }
  const number = cursor.takeRun(digits)
  const operator = operators.find((candidate) => cursor.take(candidate)) ?? '>'
  const operatorSpan = cursor.span(start)
  skipBlanks(context)
  if (endsWord(context, 'target') || startsRedirection(context)) {
    context.report(noTarget(operator), operatorSpan)
    return undefined
  }
  const target = readWord(context, operator.startsWith('<<') ? 'text' : 'target')
  const span = join(operatorSpan, target.span)
  if (operator === '<<' || operator === '<<-') {
    context.hereDocuments.push(wordText(target)?.text ?? '')
    context.report(hereDocument, span)
    return undefined
  }
  if (operator === '&>' || operator === '&>>') {
    context.report(bothStreams(operator), span)
    return undefined
  }
  if (operator.endsWith('&') && !isDescriptor(target))
    context.report(
      operator === '>&' && number === '' ? bothStreams(operator) : notADescriptor(operator),
      span,
    )
  const standard = operator.startsWith('<') ? 0 : 1
  return {
    kind: 'redirection',
    span,
    descriptor: number === '' ? standard : Number(number),
    operator,
    target,
  }
}

function isDescriptor(target: Word): boolean {
  return /^(?:\d+|-)$/.test(wordText(target)?.text ?? '')
}

const beginning = /(?:\d+|\{[A-Za-z_]\w*\})?[<>](?!\()|<<|>>|&>/y
const namedNumber = /\{[A-Za-z_]\w*\}/y
const digits = /\d+/y

/** The longest first. */
const operators: readonly (RedirectionOperator | '<<' | '<<-' | '&>' | '&>>')[] = [
  '<<<',
  '<<-',
  '<<',
  '<>',
  '<&',
  '<',
  '>>',
  '>|',
  '>&',
  '>',
  '&>>',
  '&>',
]
