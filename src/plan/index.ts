import type {
  AndOr,
  Command,
  FunctionDefinition,
  Group,
  List,
  Pipeline,
  Redirection,
  SimpleCommand,
  Subshell,
} from '../syntax/tree.js'
import { planCommand, type StageParts } from './command.js'
import { checkReadable, checkWritable } from './files.js'
import { checkFlow } from './flow.js'
import type {
  GroupStage,
  PlanItem,
  PlanList,
  PlanPipeline,
  PlanRedirection,
  PlanStage,
  PlanSubstitution,
} from './plan.js'
import { staticText } from './plan.js'
import type { PlanContext, Scope } from './scope.js'
import { planSingle, planWords, type WordContext } from './words.js'

/** Plans a list of pipelines. What is wrong is reported to the context, all of it; the plan is then not to be run. */
export function planList(list: List, scope: Scope, context: PlanContext): PlanList {
  const statements = list.statements.map((statement, index) =>
    planStatement(statement, { ...scope, untouched: scope.untouched && index === 0 }, context),
  )
  return { items: statements.flat() }
}

function planStatement({ first, rest }: AndOr, scope: Scope, context: PlanContext): PlanItem[] {
  // A failure that `||` or `!` waits for is no mistake: whether files are there is then for the run to say.
  const guarded = first.negated || rest.some(({ operator }) => operator === '||')
  const before = { ...scope, untouched: scope.untouched && !guarded }
  const items: PlanItem[] = [{ when: 'always', pipeline: planPipeline(first, before, context) }]
  for (const { operator, pipeline } of rest) {
    const when = operator === '&&' ? 'success' : 'failure'
    items.push({ when, pipeline: planPipeline(pipeline, { ...scope, untouched: false }, context) })
  }
  return items
}

function planPipeline(
  { negated, stages, pipes, span }: Pipeline,
  scope: Scope,
  context: PlanContext,
): PlanPipeline {
  const planned = stages.map((stage, index) =>
    planStage(stage, pipes[index]?.withStderr === true, scope, context),
  )
  checkFlow(planned, context)
  return { negated, stages: planned.filter((stage) => stage !== undefined), span }
}

function planStage(
  command: Command,
  withStderr: boolean,
  scope: Scope,
  context: PlanContext,
): PlanStage | undefined {
  const substitutions: PlanSubstitution[] = []
  const inside: WordContext = {
    context,
    scope,
    planList: (list, inner) => planList(list, inner, context),
    substitutions,
  }
  const redirections = command.redirections.map((redirection) => planRedirection(redirection, inside))
  if (withStderr) redirections.push(errorsToOutput(command))
  const environment =
    command.kind === 'command'
      ? command.assignments.map(({ name, value }) => ({ name, value: planSingle(value, inside) }))
      : []
  const parts: StageParts = { span: command.span, redirections, environment, substitutions }
  return command.kind === 'command' ? planSimple(command, parts, inside) : planGroup(command, parts, inside)
}

function planSimple(command: SimpleCommand, parts: StageParts, inside: WordContext): PlanStage | undefined {
  const { scope, context } = inside
  const [first, ...rest] = command.words
  const [field] = first === undefined ? [] : planWords([first], inside)
  const name = field === undefined ? undefined : staticText(field)
  if (first === undefined || name === undefined || name === '') {
    const help = 'write the name itself'
    const message = "a command's name must be known before the start"
    context.report({ code: 'unknown-command', message, span: first?.span ?? command.span, help })
    return undefined
  }
  const called = findFunction(name, command, scope)
  if (called === undefined || first.parts[0]?.kind !== 'literal')
    return planCommand(name, command, parts, inside)
  return planCall(called, name, planWords(rest, inside), parts, inside)
}

/** The function that a name means: the last one above it, and in a function's body any. */
function findFunction(name: string, { span }: SimpleCommand, scope: Scope): FunctionDefinition | undefined {
  const isSeen = (definition: FunctionDefinition): boolean =>
    scope.calls.length > 0 || definition.span.end <= span.start
  return scope.functions.findLast((definition) => definition.name === name && isSeen(definition))
}

/** A function is a group with arguments of its own. */
function planCall(
  definition: FunctionDefinition,
  name: string,
  words: ReturnType<typeof planWords>,
  parts: StageParts,
  { scope, context }: WordContext,
): GroupStage | undefined {
  if (scope.calls.includes(definition)) {
    const help = `\`command ${name}\` runs the program of that name`
    context.report({
      code: 'recursion',
      message: `\`${name}\` calls itself, without end`,
      span: parts.span,
      help,
    })
    return undefined
  }
  const positional: string[] = []
  for (const word of words) {
    const text = staticText(word)
    if (text === undefined) {
      const help = 'give it a parameter, or put the pipeline in its place'
      context.report({
        code: 'unsupported',
        message: `an argument of \`${name}\` must be known before the start`,
        span: word.span,
        help,
      })
      return undefined
    }
    positional.push(text)
  }
  const inner: Scope = { ...within(parts, scope), positional, calls: [...scope.calls, definition] }
  const body = planBody(definition.body, inner, context)
  return {
    ...body,
    name,
    ...parts,
    redirections: [...parts.redirections, ...body.redirections],
    substitutions: [...parts.substitutions, ...body.substitutions],
  }
}

function planBody(body: Group | Subshell, scope: Scope, context: PlanContext): GroupStage {
  const substitutions: PlanSubstitution[] = []
  const planInner = (list: List, inner: Scope): PlanList => planList(list, inner, context)
  const inside: WordContext = { context, scope, planList: planInner, substitutions }
  const redirections = body.redirections.map((redirection) => planRedirection(redirection, inside))
  return planGroup(body, { span: body.span, redirections, environment: [], substitutions }, inside)
}

/** `{ … }` and `( … )` are the same here: nothing in a list changes what is outside of it. */
function planGroup(body: Group | Subshell, parts: StageParts, { scope, context }: WordContext): GroupStage {
  const name = body.kind === 'group' ? '{ … }' : '( … )'
  return { kind: 'group', name, list: planList(body.list, within(parts, scope), context), ...parts }
}

/** What names mean inside of a stage that runs a list. */
function within({ redirections, substitutions }: StageParts, scope: Scope): Scope {
  const own = [...redirections, ...substitutions].map(({ descriptor }) => descriptor)
  return { ...scope, descriptors: new Set([...scope.descriptors, ...own]) }
}

function planRedirection(redirection: Redirection, inside: WordContext): PlanRedirection {
  const { descriptor, operator, span } = redirection
  const target = planSingle(redirection.target, inside)
  const path = staticText(target)
  if (path !== undefined && inside.scope.untouched) {
    if (operator === '<') checkReadable(path, span, inside.context)
    if (operator === '>' || operator === '>>' || operator === '>|') checkWritable(path, span, inside.context)
  }
  return { descriptor, operator, target, span }
}

/** What `|&` adds behind a stage's own redirections. */
function errorsToOutput({ span }: Command): PlanRedirection {
  return { descriptor: 2, operator: '>&', target: { span, parts: [{ kind: 'text', text: '1' }] }, span }
}
