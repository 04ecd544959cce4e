import type { Rule } from '../rule.js'
import { dropCopies } from './drop-copies.js'

/** The rules in the order they are tried, with the reason for each place. */
export const rules: readonly Rule[] = [
  // First: a stage that is gone hides no neighbours from the others.
  dropCopies,
]

export const ruleNames: readonly string[] = rules.map(({ name }) => name)
