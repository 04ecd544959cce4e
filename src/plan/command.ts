import { SystemError, ToolError, UsageError } from '../base/error.js'
import { names } from '../base/getopt.js'
import { matchPaths } from '../base/glob.js'
import { escapePattern } from '../base/pattern.js'
import type { Span } from '../base/span.js'
import type { Tool } from '../base/tool.js'
import type { SimpleCommand, Word } from '../syntax/tree.js'
import { builtins } from './builtins.js'
import { checkReads } from './files.js'
import type { CommandStage, PlanStage, PlanWord, ToolStage } from './plan.js'
import { planNested } from './nested.js'
import { findProgram, type Program } from './programs.js'
import type { PlanContext, Scope } from './scope.js'
import { commonOptions, InputNeeded, type Settled, settle, settleContext } from './settle.js'
import { nearest } from './suggest.js'
import { planWords, type WordContext } from './words.js'

/** What a stage of any kind has, apart from what it runs. */
export type StageParts = Pick<PlanStage, 'span' | 'redirections' | 'environment' | 'substitutions'>

/** A command that is no function: a tool of ours, or a program. Undefined when there is neither. */
export function planCommand(
  name: string,
  command: SimpleCommand,
  parts: StageParts,
  inside: WordContext,
): ToolStage | CommandStage | undefined {
  const { context } = inside
  const [first, ...rest] = command.words
  const nameSpan = first?.span ?? command.span
  if (name === 'command') return planProgram(rest, nameSpan, parts, inside)
  const help = builtins[name]
  if (help !== undefined && !context.tools.has(name)) {
    context.report({
      code: 'builtin',
      message: `\`${name}\` is part of a shell, not a command`,
      span: nameSpan,
      help,
    })
    return undefined
  }
  const tool = context.tools.get(name)
  if (tool === undefined)
    return program(name, findCommand(name, context), planWords(rest, inside), nameSpan, parts, context)
  return planTool(tool, rest, nameSpan, parts, inside)
}

/** The stage that words known only in a run stand for (`xargs`): its arguments are settled when it runs. */
export function planArguments(
  argv: readonly string[],
  context: PlanContext,
): ToolStage | CommandStage | undefined {
  const [name = '', ...rest] = argv
  const tool = context.tools.get(name)
  return tool === undefined
    ? program(name, findCommand(name, context), rest.map(textWord), nowhere, bareParts, context)
    : bareStage(tool, rest)
}

/** A tool with arguments that stand in no text. */
export function bareStage(tool: Tool, argv: readonly string[]): ToolStage {
  return { kind: 'tool', name: tool.name, tool, arguments: argv.map(textWord), ...bareParts }
}

const nowhere: Span = { start: 0, end: 0 }
const bareParts: StageParts = { span: nowhere, redirections: [], environment: [], substitutions: [] }

function textWord(text: string): PlanWord {
  return { span: nowhere, parts: [{ kind: 'text', text }] }
}

function planTool(
  tool: Tool,
  written: readonly Word[],
  nameSpan: Span,
  parts: StageParts,
  inside: WordContext,
): ToolStage {
  const { context, scope } = inside
  let areWrong = false
  const report: PlanContext['report'] = (diagnostic) => {
    areWrong = true
    context.report(diagnostic)
  }
  const words = planWords(written, { ...inside, context: { ...context, report } })
  const stage: ToolStage = { kind: 'tool', name: tool.name, tool, arguments: words, ...parts }
  // What a tool says to words that are not what was meant misleads.
  if (areWrong) return stage
  const fields = knownFields(words, scope, context.cwd)
  if (fields === undefined) {
    if (tool.nested !== undefined) reportUnknown(tool, nameSpan, context)
    return stage
  }
  const spanOf = (index: number | undefined): Span => fields[index ?? -1]?.span ?? nameSpan
  const settled = trySettle(
    tool,
    fields.map(({ text }) => text),
    spanOf,
    context,
  )
  if (settled?.kind === 'run' && scope.untouched) {
    const spanOfText = (text: string): Span =>
      fields.findLast((field) => field.text === text)?.span ?? nameSpan
    checkReads(tool, settled.settings, spanOfText, context)
  }
  if (settled === undefined) return stage
  const argument = settled.kind === 'run' ? fields[settled.nested ?? -1] : undefined
  const nested = argument && written.find(({ span }) => span.start === argument.span.start)
  return { ...stage, settled, ...(nested === undefined ? {} : { nested: planNested(nested, tool, inside) }) }
}

function reportUnknown(tool: Tool, span: Span, { report }: PlanContext): void {
  const message = `the arguments of \`${tool.name}\` must be known before the start: one of them is a spec`
  report({ code: 'unsupported', message, span, help: 'give it a parameter' })
}

interface KnownField {
  readonly text: string
  readonly span: Span
}

/** The arguments, where they are known now: no command output, and globs only where no file has changed yet. */
function knownFields(words: readonly PlanWord[], scope: Scope, cwd: string): KnownField[] | undefined {
  const fields: KnownField[] = []
  for (const { parts, span } of words) {
    let text = ''
    let pattern = ''
    let hasGlob = false
    for (const part of parts) {
      if (part.kind === 'output' || part.kind === 'variable') return undefined
      text += part.text
      pattern += part.kind === 'glob' ? part.pattern : escapePattern(part.text)
      hasGlob ||= part.kind === 'glob'
    }
    if (hasGlob && !scope.untouched) return undefined
    const matches = hasGlob ? matchPaths(pattern, cwd) : []
    fields.push(...(matches.length > 0 ? matches : [text]).map((match) => ({ text: match, span })))
  }
  return fields
}

/** The settled arguments; undefined when they are wrong, which is reported, or wait for the stage's own input. */
function trySettle(
  tool: Tool,
  argv: readonly string[],
  spanOf: (index: number | undefined) => Span,
  context: PlanContext,
): Settled | undefined {
  try {
    return settle(tool, argv, settleContext(context))
  } catch (error) {
    if (error instanceof InputNeeded) return undefined
    if (!(error instanceof ToolError) && !(error instanceof SystemError)) throw error
    const index = error instanceof UsageError ? error.argument : undefined
    const help = (error instanceof UsageError ? error.help : undefined) ?? advice(tool, argv[index ?? -1])
    context.report({ code: 'usage', message: `${tool.name}: ${error.message}`, span: spanOf(index), help })
    return undefined
  }
}

function advice(tool: Tool, argument: string | undefined): string {
  const long = /^--([^=]+)/.exec(argument ?? '')?.[1]
  const known = Object.values({ ...tool.options, ...commonOptions }).flatMap((option) => names(option.long))
  const meant = long === undefined ? undefined : nearest(long, known)
  return meant === undefined
    ? `\`sluice man ${tool.name}\` shows its options`
    : `did you mean \`--${meant}\`?`
}

/** `command NAME …`: the program of the system, also where a tool of ours has the name. */
function planProgram(
  words: readonly Word[],
  nameSpan: Span,
  parts: StageParts,
  inside: WordContext,
): CommandStage | undefined {
  const [first, ...rest] = planWords(words, inside)
  const name = first?.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('') ?? ''
  if (first === undefined || name === '' || name.startsWith('-')) {
    const help = 'write `command NAME ARGUMENT…`'
    inside.context.report({
      code: 'usage',
      message: '`command` takes the name of a program',
      span: first?.span ?? nameSpan,
      help,
    })
    return undefined
  }
  const found = findProgram(name, inside.context.env, inside.context.cwd)
  return program(name, found, rest, first.span, parts, inside.context)
}

/** A name that is no tool of ours: a tool that others wrote is a program `sluice-NAME`, else it is a plain program. */
function findCommand(name: string, { env, cwd }: PlanContext): Program {
  const tool = name.includes('/') ? undefined : findProgram(`sluice-${name}`, env, cwd)
  return tool !== undefined && 'path' in tool ? tool : findProgram(name, env, cwd)
}

function program(
  name: string,
  found: Program,
  words: readonly PlanWord[],
  nameSpan: Span,
  parts: StageParts,
  context: PlanContext,
): CommandStage | undefined {
  if ('path' in found) return { kind: 'command', name, path: found.path, arguments: words, ...parts }
  if (found.missing === 'not executable') {
    context.report({
      code: 'not-executable',
      message: `\`${name}\` is not executable`,
      span: nameSpan,
      help: `chmod +x ${name}`,
    })
    return undefined
  }
  const help = helpForUnknown(name, context.toolNames)
  context.report({ code: 'unknown-command', message: `unknown command \`${name}\``, span: nameSpan, help })
  return undefined
}

function helpForUnknown(name: string, toolNames: readonly string[]): string {
  if (name.includes('/')) return 'there is no file of that name'
  const meant = nearest(name, toolNames)
  return meant === undefined
    ? '`sluice tools` lists the tools; other commands are looked up on PATH'
    : `did you mean \`${meant}\`?`
}
