import type { PlanList, PlanPipeline, PlanStage } from '../plan/plan.js'
import { changedTypes } from './check-types.js'
import type { Machine, Rule, Setting } from './rule.js'
import { rules as allRules } from './rules/index.js'
import { type Clock, RuleTimes, type RuleTime } from './times.js'

export type { RuleTime }

/** A rule that fired, and on which pipeline. */
export interface Fired {
  readonly rule: Rule
  readonly before: readonly PlanStage[]
  readonly after: readonly PlanStage[]
}

export interface Optimised {
  readonly list: PlanList
  readonly fired: readonly Fired[]
  /** What each rule took; none without a clock. */
  readonly times: readonly RuleTime[]
}

export interface OptimiseOptions {
  /** The rules, in the order they are tried. */
  readonly rules?: readonly Rule[]
  /** Names of rules to leave out. */
  readonly without?: ReadonlySet<string>
  readonly machine?: Machine
  /** Gives milliseconds. Asking for the time takes some itself, so only who wants to know the rules' times gives one. */
  readonly clock?: Clock
}

/** Applies the rules to every pipeline of a plan, the innermost first. */
export function optimise(list: PlanList, options: OptimiseOptions = {}): Optimised {
  const { rules = allRules, without = new Set<string>(), machine = unknownMachine, clock } = options
  const fired: Fired[] = []
  const times = clock && new RuleTimes(clock)
  const active = rules.filter(({ name }) => !without.has(name))
  const better = (inner: PlanList): PlanList => ({
    items: inner.items.map((item) => ({ ...item, pipeline: improve(item.pipeline) })),
  })
  const improve = (pipeline: PlanPipeline): PlanPipeline => {
    const of = pipeline.stages.length
    const stages = pipeline.stages.map((stage, index) => ({
      ...withInnerLists(stage, better),
      place: { position: index + 1, of },
    }))
    const setting = { written: pipeline.stages, without, machine }
    const steps = stepsOf(active, stages, setting, times)
    fired.push(...steps)
    return { ...pipeline, stages: steps.at(-1)?.after ?? stages }
  }
  return { list: better(list), fired, times: times?.list ?? [] }
}

const unknownMachine: Machine = { threads: 1, leastDivided: 0, sizeOf: () => undefined }

/** Lets the first rule fire that has something to do, again and again, until none has. */
function stepsOf(
  rules: readonly Rule[],
  stages: readonly PlanStage[],
  setting: Setting,
  times: RuleTimes | undefined,
): Fired[] {
  const steps: Fired[] = []
  for (let before = stages; ;) {
    const step = firstThatFires(rules, before, setting, times)
    if (step === undefined) return steps
    refuseChangedTypes(step)
    steps.push(step)
    if (steps.length > passLimit(stages)) throw new Error(endlessMessage(steps))
    before = step.after
  }
}

/**
 * How often rules may fire on a pipeline. Each joins stages, leaves one out, or makes one into what does less; more than
 * a few for each stage means that rules undo each other.
 */
function passLimit(stages: readonly PlanStage[]): number {
  return 10 * stages.length
}

function endlessMessage(steps: readonly Fired[]): string {
  const names = new Set(steps.slice(-10).map(({ rule }) => rule.name))
  return `the optimiser finds no end: ${[...names].join(', ')}`
}

function firstThatFires(
  rules: readonly Rule[],
  before: readonly PlanStage[],
  setting: Setting,
  times: RuleTimes | undefined,
): Fired | undefined {
  for (const rule of rules) {
    const apply = (): readonly PlanStage[] | undefined => rule.apply(before, setting)
    const after = times === undefined ? apply() : times.measure(rule, apply)
    if (after !== undefined) return { rule, before, after }
  }
  return undefined
}

/** A rule that breaks types is a mistake of ours: it must not be found out by what the pipeline does. */
function refuseChangedTypes({ rule, before, after }: Fired): void {
  const changed = changedTypes(before, after)
  if (changed !== undefined) throw new Error(`the rule ${rule.name} breaks types: ${changed}`)
}

function withInnerLists(stage: PlanStage, change: (list: PlanList) => PlanList): PlanStage {
  const substitutions = stage.substitutions.map((substitution) => ({
    ...substitution,
    list: change(substitution.list),
  }))
  if (stage.kind === 'group') return { ...stage, substitutions, list: change(stage.list) }
  if (stage.kind !== 'tool' || stage.nested === undefined) return { ...stage, substitutions }
  return { ...stage, substitutions, nested: change(stage.nested) }
}
