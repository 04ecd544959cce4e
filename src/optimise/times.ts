import type { Rule } from './rule.js'

/** Gives milliseconds since some moment. */
export type Clock = () => number

/** What a rule took in one optimisation. */
export interface RuleTime {
  readonly rule: string
  /** How often it looked at a pipeline, and how often it changed one. */
  readonly tried: number
  readonly fired: number
  readonly milliseconds: number
}

/** Adds up what each rule takes. */
export class RuleTimes {
  readonly #times = new Map<string, RuleTime>()

  constructor(private readonly clock: Clock) {}

  get list(): readonly RuleTime[] {
    return [...this.#times.values()]
  }

  /** Applies a rule, and counts what that takes. */
  measure<Stages>({ name }: Rule, apply: () => Stages | undefined): Stages | undefined {
    const start = this.clock()
    const after = apply()
    const { tried, fired, milliseconds } = this.#times.get(name) ?? { tried: 0, fired: 0, milliseconds: 0 }
    this.#times.set(name, {
      rule: name,
      tried: tried + 1,
      fired: after === undefined ? fired : fired + 1,
      milliseconds: milliseconds + this.clock() - start,
    })
    return after
  }
}
