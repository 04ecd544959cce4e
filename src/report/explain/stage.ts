import { staticText, type PlanStage } from '../../plan/plan.js'

/** What does a stage's work: what was written, or what stands in its place. */
export function operatorOf(stage: PlanStage, text: (stage: PlanStage) => string): string {
  if (stage.kind === 'operator') return stage.operator.action
  if (stage.kind !== 'parallel') return withInput(text(stage), stage)
  return `${stage.threads} threads, each on parts of the file`
}

/** A rule may have given a command a file as its input: what is added stands before it. */
function withInput(text: string, { span, redirections }: PlanStage): string {
  const input = redirections.find((redirection) => redirection.span.start < span.start)
  return input === undefined ? text : `<${staticText(input.target) ?? ''} ${text}`
}

/** Where a stage runs. */
export function engineOf(stage: PlanStage): string {
  if (stage.kind === 'command') return 'real process'
  if (stage.kind === 'group') return 'group'
  if (stage.kind === 'operator') return 'fused'
  if (stage.kind === 'parallel') return `${stage.threads} threads`
  const { asynchronous } = stage.tool
  const settings = stage.settled?.kind === 'run' ? stage.settled.settings : undefined
  const waits =
    typeof asynchronous === 'function'
      ? settings === undefined || asynchronous(settings)
      : asynchronous === true
  return waits ? 'event loop' : 'fused'
}

const memoryClasses = {
  stream: 'streaming',
  rows: 'K rows',
  keys: 'distinct keys',
  all: 'whole input, spills',
} as const

/** What a stage holds. */
export function memoryOf(stage: PlanStage): string {
  if (stage.kind === 'command') return "the process's own"
  if (stage.kind === 'group') return "its stages'"
  if (stage.kind === 'parallel') return `${mostOf(stage.parts.map(memoryOf))} in each`
  if (stage.kind === 'operator') return memoryClasses[stage.operator.traits.memory]
  if (stage.settled?.kind !== 'run') return 'known when it runs'
  return memoryClasses[stage.tool.traits(stage.settled.settings).memory]
}

function mostOf(classes: readonly string[]): string {
  const bySize: readonly string[] = Object.values(memoryClasses)
  return bySize.findLast((each) => classes.includes(each)) ?? memoryClasses.stream
}
