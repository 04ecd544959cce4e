import { traitsOf } from '../../plan/facts.js'
import { joinNeighbours } from '../join.js'
import type { Rule } from '../rule.js'

/** `grep x | wc -l` → the lines are counted where they are found. */
export const countOnly: Rule = {
  name: 'count-only',
  why: 'the lines are only counted, so none is written',
  proof: 'The reader writes how many lines it reads, whatever is in them: as many as the writer finds.',
  apply: (stages) =>
    joinNeighbours(stages, (first, second) =>
      traitsOf(second).countsLines === true ? traitsOf(first).counted?.() : undefined,
    ),
}
