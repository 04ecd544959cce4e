import type { PlanList, PlanPipeline, PlanStage } from '../plan/plan.js'
import type { Rule, Setting, Machine } from './rule.js'
import { rules } from './rules/index.js'

/** A rule that fired, and on which pipeline. */
export interface Fired {
  readonly rule: Rule
  readonly before: readonly PlanStage[]
  readonly after: readonly PlanStage[]
}

export interface Optimised {
  readonly list: PlanList
  readonly fired: readonly Fired[]
}

/** How often a rule may fire on one pipeline: more means that rules undo each other. */
const passLimit = 100

export interface OptimiseOptions {
  /** Names of rules to leave out. */
  readonly without?: ReadonlySet<string>
  readonly machine?: Machine
}

/** Applies the rules to every pipeline of a plan, the innermost first. */
export function optimise(
  list: PlanList,
  { without = new Set<string>(), machine = unknownMachine }: OptimiseOptions = {},
): Optimised {
  const fired: Fired[] = []
  const active = rules.filter(({ name }) => !without.has(name))
  const better = (inner: PlanList): PlanList => ({
    items: inner.items.map((item) => ({ ...item, pipeline: improve(item.pipeline) })),
  })
  const improve = (pipeline: PlanPipeline): PlanPipeline => {
    const of = pipeline.stages.length
    let stages: PlanStage[] = pipeline.stages.map((stage, index) => ({
      ...withInnerLists(stage, better),
      place: { position: index + 1, of },
    }))
    const setting = { written: pipeline.stages, without, machine }
    for (let pass = 0; pass < passLimit; pass++) {
      const step = firstThatFires(active, stages, setting)
      if (step === undefined) break
      fired.push(step)
      stages = [...step.after]
    }
    return { ...pipeline, stages }
  }
  return { list: better(list), fired }
}

const unknownMachine: Machine = { threads: 1, leastDivided: 0, sizeOf: () => undefined }

function firstThatFires(
  active: readonly Rule[],
  before: readonly PlanStage[],
  setting: Setting,
): Fired | undefined {
  for (const rule of active) {
    const after = rule.apply(before, setting)
    if (after !== undefined) return { rule, before, after }
  }
  return undefined
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
