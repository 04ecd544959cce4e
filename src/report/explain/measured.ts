import type { PlanStage } from '../../plan/plan.js'
import type { StageEnd } from '../../run/run.js'
import type { RunResult } from '../../run/index.js'

/** Lines and bytes that flowed. */
export interface Flow {
  readonly rows: number
  readonly bytes: number
}

/** What a stage read, wrote and took. */
export interface Measured {
  /** Undefined where nobody counted: between two real processes. */
  readonly read?: Flow
  readonly wrote?: Flow
  readonly milliseconds: number
  readonly peakMemory: number
  readonly status: number | string
}

/** What was seen of a run. */
export interface Measurement {
  readonly run: { readonly code: number; readonly milliseconds: number }
  /** Undefined for a stage that did not run. */
  of(stage: PlanStage): Measured | undefined
}

export function measurementOf({ status, ended }: RunResult, milliseconds: number): Measurement {
  return {
    run: { code: status.code, milliseconds },
    of(stage) {
      const end = ended.find((each) => each.stage === stage)
      return end === undefined ? undefined : measuredEnd(end)
    },
  }
}

function measuredEnd({ stage, meter, outcome }: StageEnd): Measured | undefined {
  if (meter === undefined) return undefined
  const { bytesIn, linesIn, bytesOut, linesOut, milliseconds, peakMemory } = meter.statistics
  const isCounted = stage.kind !== 'command' && stage.kind !== 'group'
  return {
    // What a real process reads and writes passes through no counter of its own.
    ...(isCounted && stage.kind !== 'parallel' ? { read: { rows: linesIn, bytes: bytesIn } } : {}),
    ...(isCounted ? { wrote: { rows: linesOut, bytes: bytesOut } } : {}),
    ...{ milliseconds, peakMemory },
    status: outcome.signal ?? outcome.code,
  }
}

/** With what is known from others where a stage's own ends were not counted. */
export function filledIn(measured: Measured, read?: Flow, wrote?: Flow): Measured {
  return {
    ...measured,
    ...(measured.read === undefined && read !== undefined ? { read } : {}),
    ...(measured.wrote === undefined && wrote !== undefined ? { wrote } : {}),
  }
}
