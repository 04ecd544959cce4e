import { skipBlanks, skipLines } from './blank.js'
import { readCompound, startsCompound } from './command.js'
import type { Context } from './context.js'
import { readDeclaration, type Declarations } from './declaration.js'
import { functionBody, functionName } from './expected.js'
import { keywordAt, recover } from './keyword.js'
import { listOf, readAndOr, readStatements } from './list.js'
import type { AndOr, Comment, FunctionDefinition, Script } from './tree.js'

/** Reads a whole text: statements and functions, and where they are allowed, declarations. */
export function readScript(context: Context, options: { readonly declarations: boolean }): Script {
  const { cursor } = context
  const statements: AndOr[] = []
  const functions: FunctionDefinition[] = []
  const declarations: Declarations = { parameters: [], examples: [], services: [], uses: [] }
  let codeStart: number | undefined
  readStatements(context, () => {
    codeStart ??= cursor.position
    if (options.declarations && readDeclaration(context, declarations)) return
    const name = cursor.match(functionBeginning)
    if (name && keywordAt(context) === undefined) {
      const definition = readFunction(context, name[1] ?? '')
      if (definition) functions.push(definition)
    } else {
      const statement = readAndOr(context)
      if (statement) statements.push(statement)
    }
  })
  const { text } = cursor
  return {
    kind: 'script',
    span: cursor.span(0, text.length),
    summary: options.declarations ? summarise(context, codeStart ?? text.length) : undefined,
    ...declarations,
    functions,
    body: listOf(statements, cursor.offset(text.length)),
    comments: context.comments,
  }
}

const functionBeginning = /([^\s;&|()<>'"\\$`#{}]+)[ \t]*\([ \t]*\)/y

/** Reads `name() compound-command` (POSIX 2.9.5). */
function readFunction(context: Context, name: string): FunctionDefinition | undefined {
  const { cursor, findings } = context
  const start = cursor.position
  cursor.advance(name.length)
  const nameSpan = cursor.span(start)
  if (!/^[A-Za-z_]\w*$/.test(name)) context.report(functionName, nameSpan)
  skipBlanks(context)
  cursor.take('(')
  skipBlanks(context)
  cursor.take(')')
  skipLines(context)
  if (!startsCompound(context)) {
    context.report(functionBody, nameSpan)
    recover(context)
    return undefined
  }
  const body = readCompound(context)
  if (context.findings !== findings) return undefined
  const span = { start: nameSpan.start, end: body.span.end }
  return { kind: 'function', span, name, nameSpan, body }
}

/** The first comment block, when it stands before everything but a `#!` line. */
function summarise({ comments, cursor }: Context, codeStart: number): string | undefined {
  const block: Comment[] = []
  for (const comment of comments) {
    if (comment.span.start > codeStart) break
    const isShebang = block.length === 0 && comment === comments[0] && comment.text.startsWith('#!')
    if (isShebang) continue
    const before = block.at(-1)
    if (before && /\n[ \t\r]*\n/.test(cursor.text.slice(before.span.end, comment.span.start))) break
    block.push(comment)
  }
  const lines = block.map(({ text }) => text.replace(/^#+ ?/, ''))
  return lines.length > 0 ? lines.join('\n').trim() : undefined
}
