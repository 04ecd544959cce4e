import { fits } from '../../base/type.js'
import { typesOf } from '../../plan/flow.js'
import type { PlanStage } from '../../plan/plan.js'
import { isKnown, readsPipeOnly, traitsOf } from '../../plan/facts.js'
import type { Rule } from '../rule.js'

/** `x | cat | y` → `x | y`. */
export const dropCopies: Rule = {
  name: 'drop-copies',
  why: 'a stage that only copies its input is left out',
  proof:
    'A stage that only copies its standard input writes what it reads and always succeeds. It must not be the last one: there it would hide that the stage before it answered no.',
  apply(stages) {
    const index = stages.findIndex(
      (stage, at) => at < stages.length - 1 && onlyCopies(stage) && fit(stages[at - 1], stages[at + 1]),
    )
    if (index < 0) return undefined
    return stages.filter((_, at) => at !== index)
  },
}

/** Whether one may read what the other writes without the copy between: that may make a message into its text. */
function fit(writer: PlanStage | undefined, reader: PlanStage | undefined): boolean {
  const output = writer && typesOf(writer)?.output
  const input = reader && typesOf(reader)?.input
  return output === undefined || input === undefined || fits(output, input)
}

function onlyCopies(stage: PlanStage): boolean {
  if (!isKnown(stage) || stage.redirections.length > 0) return false
  return readsPipeOnly(stage) && traitsOf(stage).identity === true
}
