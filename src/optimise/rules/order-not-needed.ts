import type { PlanStage } from '../../plan/plan.js'
import { isKnown, readsPipeOnly, traitsOf, writesPipeOnly } from '../../plan/facts.js'
import { inPlaceOf } from '../join.js'
import type { Rule } from '../rule.js'

/** `sort | wc -l`, `sort | sort -r`: the first need not sort. */
export const orderNotNeeded: Rule = {
  name: 'order-not-needed',
  why: 'what follows writes the same whatever the order of the lines, so none is made',
  proof:
    'What the reader writes depends on which lines there are and not on their order; stages between that look at each line alone change no more than the lines. So any order of the same lines will do.',
  apply(stages) {
    for (const [index, stage] of stages.entries()) {
      if (!isKnown(stage) || !writesPipeOnly(stage)) continue
      const operator = traitsOf(stage).unordered?.()
      if (operator === undefined || !isOrderLost(stages.slice(index + 1))) continue
      return stages.with(index, inPlaceOf(stage, operator))
    }
    return undefined
  },
}

/** Whether a stage that does not mind the order reads what these stages pass on, each line for itself. */
function isOrderLost(stages: readonly PlanStage[]): boolean {
  for (const stage of stages) {
    if (!isKnown(stage) || !readsPipeOnly(stage)) return false
    const { ignoresOrder, rowwise } = traitsOf(stage)
    if (ignoresOrder === true) return true
    if (rowwise !== true || !writesPipeOnly(stage)) return false
  }
  return false
}
