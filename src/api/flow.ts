import type { Place } from '../lookup.js'
import type { PlanStage } from '../plan/plan.js'

/** What flows between two stages, as the compiler sees it. */
export type Flow = 'nothing' | 'lines' | 'bytes' | `bytes<${string}>` | 'http<request>' | 'http<response>'

/** Whether what is written may flow into what is read: the rules of `fits` in base/type.ts, for the compiler. */
export type Fits<Written extends Flow, Read extends Flow> = Read extends 'nothing'
  ? false
  : Written extends 'nothing' | 'bytes'
    ? true
    : Written extends 'lines'
      ? Read extends 'lines' | 'bytes' | `http<${string}>`
        ? true
        : false
      : Read extends 'bytes' | Written
        ? true
        : false

/** A stage of a pipeline that reads one kind of stream and writes another. Made by the tools' functions. */
export interface Stage<Read extends Flow = Flow, Written extends Flow = Flow> {
  /** Only for the compiler: what the stage reads and writes. */
  readonly flow?: { readonly reads: Read; readonly writes: Written }
  /** @internal */
  readonly plan: (place: Place) => Promise<PlanStage>
}

/** The stages if each fits the one before; else, in the place of the first that does not, why. */
export type Fitting<Stages extends readonly Stage[]> = Stages extends readonly [
  infer First extends Stage,
  infer Second extends Stage,
  ...infer Rest extends readonly Stage[],
]
  ? Fits<Writes<First>, Reads<Second>> extends true
    ? readonly [First, ...Fitting<readonly [Second, ...Rest]>]
    : readonly [First, Misfit<Writes<First>, Reads<Second>>, ...Rest]
  : Stages

export type Reads<Of extends Stage> = NonNullable<Of['flow']>['reads']
export type Writes<Of extends Stage> = NonNullable<Of['flow']>['writes']

/** What the compiler shows where two stages do not fit. */
export interface Misfit<Written extends Flow, Read extends Flow> {
  readonly 'this stage cannot read what the stage before it writes': { writes: Written; reads: Read }
}
