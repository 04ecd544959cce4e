import type { Rule } from '../rule.js'
import { countOnly } from './count-only.js'
import { countPieces } from './count-pieces.js'
import { divideFile } from './divide-file.js'
import { dropCopies } from './drop-copies.js'
import { hashAggregate } from './hash-aggregate.js'
import { hashDistinct } from './hash-distinct.js'
import { orderNotNeeded } from './order-not-needed.js'
import { readInPlace } from './read-in-place.js'
import { topK } from './top-k.js'

/** The rules in the order they are tried, with the reason for each place. */
export const rules: readonly Rule[] = [
  // First: a stage that is gone hides no neighbours from the others.
  dropCopies,
  // After copies of copies are gone: of those that are left, one reads the file.
  readInPlace,
  // Before the order is looked at: it leaves less to sort.
  hashAggregate,
  // Before the first lines are picked: picking does away with the sort that makes the order before it needless.
  orderNotNeeded,
  topK,
  // After the order is looked at: lines that are counted may come in any.
  countOnly,
  // What could be done with a neighbour is done.
  hashDistinct,
  // Before the file is divided: each thread counts so.
  countPieces,
  // Last: it divides what the others made.
  divideFile,
]

export const ruleNames: readonly string[] = rules.map(({ name }) => name)
