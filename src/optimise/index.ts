import type { PlanList, PlanPipeline, PlanStage } from '../plan/plan.js'
import type { Rule } from './rule.js'
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

/** Applies the rules to every pipeline of a plan, the innermost first. */
export function optimise(list: PlanList, without: ReadonlySet<string> = new Set()): Optimised {
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
    for (let pass = 0; pass < passLimit; pass++) {
      const step = firstThatFires(active, stages)
      if (step === undefined) break
      fired.push(step)
      stages = [...step.after]
    }
    return { ...pipeline, stages }
  }
  return { list: better(list), fired }
}

function firstThatFires(active: readonly Rule[], before: readonly PlanStage[]): Fired | undefined {
  for (const rule of active) {
    const after = rule.apply(before)
    if (after !== undefined) return { rule, before, after }
  }
  return undefined
}

function withInnerLists(stage: PlanStage, change: (list: PlanList) => PlanList): PlanStage {
  const substitutions = stage.substitutions.map((substitution) => ({
    ...substitution,
    list: change(substitution.list),
  }))
  return stage.kind === 'group'
    ? { ...stage, substitutions, list: change(stage.list) }
    : { ...stage, substitutions }
}
