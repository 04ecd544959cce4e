import { skipBlanks } from './blank.js'
import type { Context } from './context.js'
import { readExample } from './example.js'
import {
  afterDeclaration,
  declarationPlace,
  defaultMissing,
  enumChoices,
  oneDefault,
  parameterName,
  parameterType,
  serviceIsOneCommand,
} from './expected.js'
import type {
  Example,
  ParameterDeclaration,
  ParameterType,
  ParameterTypeName,
  Service,
  Use,
  Word,
} from './tree.js'
import { endsWord, readWord } from './word.js'

/**
 * Declarations stand at the beginning of a line, at the top level of a file. Each has a shape that a command
 * of the same name hardly has, so that such commands can be run all the same:
 *
 *     param NAME: TYPE [= default]  # help        a colon behind the name
 *     example {                                   nothing behind the brace (see example.ts)
 *     service NAME listen|exec word …             one of these two verbs
 *     use ./module.ts                             a path
 *
 * The default is one word; a type is `enum(a,b)` or one of the names in `parameterTypes`.
 */
export interface Declarations {
  readonly parameters: ParameterDeclaration[]
  readonly examples: Example[]
  readonly services: Service[]
  readonly uses: Use[]
}

/** Reads the declaration that begins here, up to the end of its line; returns false when none does. */
export function readDeclaration(context: Context, into: Declarations): boolean {
  const { cursor } = context
  if (cursor.match(parameterShape)) into.parameters.push(readWhole(context, 'param', readParameter))
  else if (cursor.match(exampleShape)) into.examples.push(readWhole(context, 'example', readExample))
  else if (cursor.match(serviceShape)) into.services.push(readWhole(context, 'service', readService))
  else if (cursor.match(useShape)) into.uses.push(readWhole(context, 'use', readUse))
  else return false
  return true
}

const parameterShape = /param[ \t]+[^\s:'"$|;&<>()]+[ \t]*:(?!\/)/y
const exampleShape = /example[ \t]*\{[ \t\r]*(?:[#;|&\n]|$)/y
const serviceShape = /service[ \t]+[A-Za-z_][\w-]*[ \t]+(?:listen|exec)(?!\S)/y
const useShape = /use[ \t]+['"]?\.{0,2}\//y

/** Reads a declaration after its keyword and makes sure that the line ends behind it. */
function readWhole<Declared>(
  context: Context,
  keyword: string,
  read: (context: Context, start: number) => Declared,
): Declared {
  const { cursor } = context
  const start = cursor.position
  const isPlaced = cursor.atLineStart
  cursor.advance(keyword.length)
  if (!isPlaced) context.report(declarationPlace(keyword), cursor.span(start))
  skipBlanks(context)
  const declared = read(context, start)
  skipBlanks(context)
  if (!atLineEnd(context)) {
    const from = cursor.position
    skipLine(context)
    context.report(afterDeclaration(keyword), cursor.span(from))
  }
  return declared
}

function atLineEnd({ cursor }: Context): boolean {
  return cursor.atEnd || cursor.peek() === '\n'
}

function skipLine({ cursor }: Context): void {
  const end = cursor.text.indexOf('\n', cursor.position)
  cursor.moveTo(end < 0 ? cursor.text.length : end)
}

function readParameter(context: Context, start: number): ParameterDeclaration {
  const { cursor, comments } = context
  const commentsBefore = comments.length
  const nameStart = cursor.position
  const name = cursor.takeRun(/[^\s:]+/y)
  const nameSpan = cursor.span(nameStart)
  if (!/^[A-Za-z_]\w*$/.test(name)) context.report(parameterName(name), nameSpan)
  skipBlanks(context)
  cursor.take(':')
  skipBlanks(context)
  const type = readType(context)
  let end = type.span.end
  skipBlanks(context)
  const value = cursor.peek() === '=' ? readDefault(context) : undefined
  end = value?.span.end ?? end
  skipBlanks(context)
  const help = comments[commentsBefore]?.text.replace(/^#+\s*/, '')
  return {
    kind: 'param',
    span: { start: cursor.offset(start), end },
    name,
    nameSpan,
    type,
    default: value,
    help,
  }
}

function readType(context: Context): ParameterType {
  const { cursor } = context
  const start = cursor.position
  const written = cursor.takeRun(/[^\s=#()]+/y)
  const name = parameterTypes.find((known) => known === written)
  let choices: string[] = []
  if (cursor.take('(')) {
    choices = cursor
      .takeRun(/[^()\n#]+/y)
      .split(',')
      .map((choice) => choice.trim())
    if (!cursor.take(')') || name !== 'enum' || choices.includes(''))
      context.report(enumChoices, cursor.span(start))
  } else if (name === 'enum') context.report(enumChoices, cursor.span(start))
  const span = cursor.span(start)
  if (!name) context.report(parameterType(written), written === '' ? cursor.span(start - 1, start) : span)
  return { kind: 'type', span, name: name ?? 'string', choices }
}

const parameterTypes: readonly ParameterTypeName[] = [
  'string',
  'int',
  'float',
  'bool',
  'path',
  'duration',
  'size',
  'address',
  'enum',
]

function readDefault(context: Context): Word | undefined {
  const { cursor } = context
  const start = cursor.position
  cursor.take('=')
  const equals = cursor.span(start)
  skipBlanks(context)
  if (endsWord(context, 'value')) {
    context.report(defaultMissing, equals)
    return undefined
  }
  const word = readWord(context, 'value')
  skipBlanks(context)
  if (!atLineEnd(context)) {
    const from = cursor.position
    skipLine(context)
    context.report(oneDefault, cursor.span(from))
  }
  return word
}

function readService(context: Context, start: number): Service {
  const { cursor } = context
  const nameStart = cursor.position
  const name = cursor.takeRun(/[\w-]+/y)
  const nameSpan = cursor.span(nameStart)
  const words: Word[] = []
  skipBlanks(context)
  while (!endsWord(context, 'argument')) {
    words.push(readWord(context, 'argument'))
    skipBlanks(context)
  }
  if (!atLineEnd(context)) {
    const from = cursor.position
    const operator = cursor.peek()
    skipLine(context)
    context.report(serviceIsOneCommand(operator), cursor.span(from, from + operator.length))
  }
  const end = words.at(-1)?.span.end ?? nameSpan.end
  return { kind: 'service', span: { start: cursor.offset(start), end }, name, nameSpan, words }
}

function readUse(context: Context, start: number): Use {
  const path = readWord(context, 'value')
  return { kind: 'use', span: { start: context.cursor.offset(start), end: path.span.end }, path }
}
