import type { PlanStage } from '../plan/plan.js'

/** A rewriting of pipelines that changes nothing a person could see (law 1), but for the time it takes. */
export interface Rule {
  readonly name: string
  /** What is gained, in one line for people. */
  readonly why: string
  /** Why the bytes and the statuses stay the same. */
  readonly proof: string
  /** The better stages, or undefined when the rule has nothing to do. */
  apply(stages: readonly PlanStage[], setting: Setting): readonly PlanStage[] | undefined
}

/** What rules may know beside the stages. */
export interface Setting {
  /** The pipeline's stages before any rule. */
  readonly written: readonly PlanStage[]
  /** The rules that are left out. */
  readonly without: ReadonlySet<string>
  readonly machine: Machine
}

/** What rules may know of the place where the stages will run. */
export interface Machine {
  /** How many threads may work on one pipeline. */
  readonly threads: number
  /** Bytes of a file below which one thread is as fast as several. */
  readonly leastDivided: number
  /** The size of a regular file that can be read; undefined for all else. */
  sizeOf(path: string): number | undefined
}
