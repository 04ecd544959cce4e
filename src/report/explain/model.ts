import { typeName } from '../../base/type.js'
import type { Fired, Optimised, RuleTime } from '../../optimise/index.js'
import { typesOf } from '../../plan/flow.js'
import { type PlanList, type PlanPipeline, type PlanStage, writtenStages } from '../../plan/plan.js'
import { type Measured, type Measurement, filledIn } from './measured.js'
import { engineOf, memoryOf, operatorOf } from './stage.js'

/** One stage as `explain` tells of it. */
export interface ExplainedStage {
  /** As it was written. */
  readonly stage: string
  /** What does its work: a tool, a program, or what the optimiser put in its place. */
  readonly operator: string
  /** Whether the optimiser put it there. */
  readonly isReplaced: boolean
  /** What flows in and out; `?` where only the run can tell. */
  readonly reads: string
  readonly writes: string
  /** Where it runs. */
  readonly engine: string
  /** What it holds in memory. */
  readonly memory: string
  /** The places, from 1, of the stages as written that it stands for. */
  readonly standsFor: readonly number[]
  /** The rules that made it, by their numbers in `rules`. */
  readonly rules: readonly number[]
  /** What each thread does. */
  readonly parts?: readonly ExplainedStage[]
  /** The pipelines inside: of a group, a substitution, a nested spec. */
  readonly inner?: readonly ExplainedPipeline[]
  /** What it read, wrote and took, where it was run. */
  readonly measured?: Measured
}

export interface ExplainedPipeline {
  /** After what ran before it, or beside the stage that it is a substitution of: `<(…)`, `>(…)`. */
  readonly when: 'always' | 'success' | 'failure' | '<(…)' | '>(…)'
  readonly stages: readonly ExplainedStage[]
}

/** A rule that fired, by its number from 1. */
export interface ExplainedRule {
  readonly number: number
  readonly rule: string
  readonly before: string
  readonly after: string
  /** One line for people. */
  readonly why: string
  /** Why the bytes and the statuses stay the same. */
  readonly proof: string
}

export interface Explanation {
  readonly written: readonly ExplainedPipeline[]
  readonly optimised: readonly ExplainedPipeline[]
  readonly rules: readonly ExplainedRule[]
  /** What each rule took while the plan was made. */
  readonly times: readonly RuleTime[]
  /** How the run as a whole ended, where there was one. */
  readonly run?: { readonly code: number; readonly milliseconds: number }
}

/** What a plan becomes, as plain data. `text` gives the source of a stage; nothing else of the source is shown. */
export function explainPlan(
  written: PlanList,
  { list, fired, times }: Optimised,
  text: (stage: PlanStage) => string,
  measurement?: Measurement,
): Explanation {
  const rules = fired.map((step, index) => explainRule(step, index + 1, text))
  const { run } = measurement ?? {}
  return {
    written: explainList(written, { text, fired: [] }),
    optimised: explainList(list, { text, fired, ...(measurement === undefined ? {} : { measurement }) }),
    rules,
    times,
    ...(run === undefined ? {} : { run }),
  }
}

interface Telling {
  readonly text: (stage: PlanStage) => string
  readonly fired: readonly Fired[]
  readonly measurement?: Measurement
}

function explainRule(
  { rule, before, after }: Fired,
  number: number,
  text: (stage: PlanStage) => string,
): ExplainedRule {
  const [gone, made] = [without(before, after), without(after, before)]
  const { name, why, proof } = rule
  return {
    ...{ number, rule: name, why, proof },
    before: gone.map((stage) => operatorOf(stage, text)).join(' | '),
    after: made.map((stage) => operatorOf(stage, text)).join(' | '),
  }
}

function without(stages: readonly PlanStage[], others: readonly PlanStage[]): readonly PlanStage[] {
  return stages.filter((stage) => !others.includes(stage))
}

function explainList({ items }: PlanList, telling: Telling): ExplainedPipeline[] {
  return items.map(({ when, pipeline }) => ({ when, stages: explainPipeline(pipeline, telling) }))
}

function explainPipeline({ stages }: PlanPipeline, telling: Telling): ExplainedStage[] {
  const explained = stages.map((stage, index) => {
    const places = writtenStages(stage).map(({ place }) => place?.position ?? index + 1)
    return { ...explainStage(stage, telling), standsFor: places }
  })
  return explained.map((stage, index) => {
    const { measured } = stage
    if (measured === undefined) return stage
    // What a stage read is what the one before it wrote, and the other way round, where only that one was counted.
    const [before, after] = [explained[index - 1], explained[index + 1]]
    return { ...stage, measured: filledIn(measured, before?.measured?.wrote, after?.measured?.read) }
  })
}

function explainStage(stage: PlanStage, telling: Telling): ExplainedStage {
  const { text, fired, measurement } = telling
  const types = typesOf(stage)
  const substituted = stage.substitutions.flatMap(({ direction, list }) => {
    const [first, ...others] = explainList(list, telling)
    return first === undefined
      ? []
      : [{ ...first, when: direction === 'read' ? '<(…)' : '>(…)' } as const, ...others]
  })
  const list = stage.kind === 'group' ? stage.list : stage.kind === 'tool' ? stage.nested : undefined
  const inner = list === undefined ? substituted : [...explainList(list, telling), ...substituted]
  const own = measurement?.of(stage)
  const parts = stage.kind === 'parallel' ? stage.parts.map((part) => explainStage(part, telling)) : undefined
  // The threads read what the stage reads.
  const measured = own && filledIn(own, parts?.[0]?.measured?.read)
  return {
    stage: text(stage),
    operator: operatorOf(stage, text),
    isReplaced: stage.kind === 'operator' || stage.kind === 'parallel',
    reads: types === undefined ? '?' : typeName(types.input),
    writes: types === undefined ? '?' : typeName(types.output),
    engine: engineOf(stage),
    memory: memoryOf(stage),
    standsFor: [],
    rules: rulesOf(stage, fired),
    ...(parts === undefined ? {} : { parts }),
    ...(inner.length > 0 ? { inner } : {}),
    ...(measured === undefined ? {} : { measured }),
  }
}

/** The rules whose work is in a stage: they made one of which it was made. */
function rulesOf(stage: PlanStage, fired: readonly Fired[]): readonly number[] {
  const own = spansOf(stage)
  return fired.flatMap(({ before, after }, index) => {
    const made = without(after, before).flatMap(spansOf)
    return made.length > 0 && made.every((span) => own.includes(span)) ? [index + 1] : []
  })
}

/** Rules copy stages, but never their spans. */
function spansOf(stage: PlanStage): readonly unknown[] {
  return writtenStages(stage).map(({ span }) => span)
}

/** What a stage does, with what each of its threads does. */
export function workOf({ operator, parts }: ExplainedStage): string {
  return parts === undefined ? operator : `${operator}: ${parts.map((part) => part.operator).join(' | ')}`
}
