import { traitsOf } from '../../plan/facts.js'
import { joinNeighbours } from '../join.js'
import type { Rule } from '../rule.js'

/** `cut -f1 | (count equal lines)` → the fields are counted where they stand. */
export const countPieces: Rule = {
  name: 'count-pieces',
  why: 'what is counted is a piece of each line, which is found there and not copied',
  proof:
    'The writer writes one piece of each line, or nothing, as a line of its own. The reader counts the bytes of lines, which are the same where the piece stands.',
  apply: (stages) =>
    joinNeighbours(stages, (first, second) => {
      const { pieces } = traitsOf(first)
      return pieces && traitsOf(second).ofPieces?.(pieces)
    }),
}
