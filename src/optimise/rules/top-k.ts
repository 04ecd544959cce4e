import { traitsOf } from '../../plan/facts.js'
import { joinNeighbours } from '../join.js'
import type { Rule } from '../rule.js'

/** `sort | head` → the first lines, without the order of the others. */
export const topK: Rule = {
  name: 'top-k',
  why: 'only the lines that can be among the first are kept while reading; the others are never sorted',
  proof:
    'Of sorted lines the first K depend on no line behind them. A line that comes behind K others can be dropped when it is read; what is left is in the order of the sort, the earlier of equal lines first.',
  apply: (stages) =>
    joinNeighbours(stages, (first, second) => {
      const { slice } = traitsOf(second)
      return slice && traitsOf(first).sorting?.sliced(slice)
    }),
}
