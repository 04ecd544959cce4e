import type { PlanStage } from '../plan/plan.js'

/** A rewriting of pipelines that changes nothing a person could see (law 1), but for the time it takes. */
export interface Rule {
  readonly name: string
  /** Why the bytes and the statuses stay the same. */
  readonly proof: string
  /** The better stages, or undefined when the rule has nothing to do. */
  apply(stages: readonly PlanStage[]): readonly PlanStage[] | undefined
}
