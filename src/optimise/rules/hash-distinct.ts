import { isKnown, traitsOf } from '../../plan/facts.js'
import { inPlaceOf } from '../join.js'
import type { Rule } from '../rule.js'

/** `sort -u` → a hash table of the different lines. */
export const hashDistinct: Rule = {
  name: 'hash-distinct',
  why: 'a line that came before is dropped at once; only the different ones are sorted',
  proof: 'A line that came before changes nothing, so only the different lines are sorted.',
  apply(stages) {
    for (const [index, stage] of stages.entries()) {
      const operator =
        isKnown(stage) && stage.kind === 'tool' ? traitsOf(stage).sorting?.distinct() : undefined
      if (operator !== undefined && isKnown(stage)) return stages.with(index, inPlaceOf(stage, operator))
    }
    return undefined
  },
}
