import { traitsOf } from '../../plan/facts.js'
import { joinNeighbours } from '../join.js'
import type { Rule } from '../rule.js'

/** `sort | uniq -c` → a hash table of the different lines. */
export const hashAggregate: Rule = {
  name: 'hash-aggregate',
  why: 'equal lines are counted in a hash table as they come; only the different ones are sorted',
  proof:
    'Sorted by an order that tells any two different lines apart, equal lines are neighbours: each different line is one group. A table has the same groups, and sorting the different lines gives them the same order.',
  apply: (stages) =>
    joinNeighbours(stages, (first, second) => {
      const { grouping } = traitsOf(second)
      return grouping && traitsOf(first).sorting?.grouped(grouping)
    }),
}
