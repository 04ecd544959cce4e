import { typeName } from '../base/type.js'
import type { Optimised } from '../optimise/index.js'
import { typesOf } from '../plan/flow.js'
import type { PlanList, PlanStage } from '../plan/plan.js'

/** One stage as `explain` tells of it. */
export interface ExplainedStage {
  readonly stage: string
  /** What flows in and out; undefined where only the run can tell. */
  readonly reads: string | undefined
  readonly writes: string | undefined
  /** Where it runs. */
  readonly engine: 'fused' | 'threads' | 'event loop' | 'process' | 'group'
  /** What it holds in memory. */
  readonly memory: string
  /** What the optimiser does in the place of these stages. */
  readonly operator?: string
  readonly inner?: readonly ExplainedPipeline[]
}

export interface ExplainedPipeline {
  readonly when: string
  readonly stages: readonly ExplainedStage[]
}

export interface Explanation {
  readonly written: readonly ExplainedPipeline[]
  readonly optimised: readonly ExplainedPipeline[]
  readonly rules: readonly {
    readonly rule: string
    readonly before: string
    readonly after: string
    readonly why: string
  }[]
}

/** What a plan becomes, as plain data; `text` gives the source at a stage's span. */
export function explainPlan(
  written: PlanList,
  { list, fired }: Optimised,
  text: (stage: PlanStage) => string,
): Explanation {
  const spec = (stages: readonly PlanStage[]): string => stages.map(text).join(' | ')
  const made = (stage: PlanStage): string => operatorOf(stage).operator ?? text(stage)
  return {
    written: explainList(written, text),
    optimised: explainList(list, text),
    rules: fired.map(({ rule, before, after }) => ({
      rule: rule.name,
      before: spec(before.filter((stage) => !after.includes(stage))),
      after: after
        .filter((stage) => !before.includes(stage))
        .map(made)
        .join(' | '),
      why: rule.proof,
    })),
  }
}

function explainList({ items }: PlanList, text: (stage: PlanStage) => string): ExplainedPipeline[] {
  return items.map(({ when, pipeline }) => ({
    when: when === 'always' ? '' : `after a ${when}`,
    stages: pipeline.stages.map((stage) => explainStage(stage, text)),
  }))
}

function explainStage(stage: PlanStage, text: (stage: PlanStage) => string): ExplainedStage {
  const types = typesOf(stage)
  const substituted = stage.substitutions.flatMap(({ list }) => explainList(list, text))
  const list = stage.kind === 'group' ? stage.list : stage.kind === 'tool' ? stage.nested : undefined
  const inner = list === undefined ? substituted : [...explainList(list, text), ...substituted]
  return {
    stage: text(stage),
    reads: types && typeName(types.input),
    writes: types && typeName(types.output),
    engine: engineOf(stage),
    memory: memoryOf(stage),
    ...operatorOf(stage),
    ...(inner.length > 0 ? { inner } : {}),
  }
}

function operatorOf(stage: PlanStage): Pick<ExplainedStage, 'operator'> {
  if (stage.kind === 'operator') return { operator: stage.operator.action }
  if (stage.kind !== 'parallel') return {}
  const { parts, threads, combine } = stage
  const work = parts.map((part) => (part.kind === 'operator' ? part.operator.action : part.name)).join(' | ')
  const end = combine === undefined ? 'in the order of the file' : 'then put the parts together'
  return { operator: `${threads} threads over chunks of the file: ${work}, ${end}` }
}

function engineOf(stage: PlanStage): ExplainedStage['engine'] {
  if (stage.kind === 'command') return 'process'
  if (stage.kind === 'group') return 'group'
  if (stage.kind === 'operator') return 'fused'
  if (stage.kind === 'parallel') return 'threads'
  const { asynchronous } = stage.tool
  const settings = stage.settled?.kind === 'run' ? stage.settled.settings : undefined
  const waits =
    typeof asynchronous === 'function'
      ? settings === undefined || asynchronous(settings)
      : asynchronous === true
  return waits ? 'event loop' : 'fused'
}

const memoryPhrases = {
  stream: 'a batch',
  rows: 'some lines',
  keys: 'the distinct keys',
  all: 'its whole input, spilled to disk past the budget',
} as const

function memoryOf(stage: PlanStage): string {
  if (stage.kind === 'command') return "the process's own"
  if (stage.kind === 'group') return 'that of its stages'
  if (stage.kind === 'parallel') return 'chunks of the file, and what its stages hold'
  if (stage.kind === 'operator') return memoryPhrases[stage.operator.traits.memory]
  if (stage.settled?.kind !== 'run') return 'known when it runs'
  return memoryPhrases[stage.tool.traits(stage.settled.settings).memory]
}

/** The explanation for people. */
export function renderExplanation({ written, optimised, rules }: Explanation): string {
  const same = rules.length === 0
  const plans = same
    ? ['the plan', ...pipelineLines(written, 1)]
    : ['as written', ...pipelineLines(written, 1), '', 'as it will run', ...pipelineLines(optimised, 1)]
  const fired = rules.flatMap(({ rule, before, after, why }) => [
    `  ${rule}: ${before}`,
    `    → ${after === '' ? 'nothing' : after}`,
    `    ${why}`,
  ])
  return [...plans, '', same ? 'no rule has anything to do' : 'rules that fired', ...fired, ''].join('\n')
}

function pipelineLines(pipelines: readonly ExplainedPipeline[], depth: number): string[] {
  const indent = '  '.repeat(depth)
  return pipelines.flatMap(({ when, stages }) => {
    const width = Math.max(...stages.map(({ stage }) => stage.length))
    return [
      ...(when === '' ? [] : [`${indent}${when}:`]),
      ...stages.flatMap(({ stage, reads, writes, engine, memory, operator, inner }, index) => [
        `${indent}${index === 0 ? '  ' : '| '}${stage.padEnd(width)}   ${reads ?? '?'} → ${writes ?? '?'}   ${engine}, holds ${memory}`,
        ...(operator === undefined ? [] : [`${indent}    = ${operator}`]),
        ...pipelineLines(inner ?? [], depth + 2),
      ]),
    ]
  })
}
