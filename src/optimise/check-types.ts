import { fits, typeName } from '../base/type.js'
import { typesOf } from '../plan/flow.js'
import type { PlanStage } from '../plan/plan.js'

/** What does not fit any more after a rule; undefined when all does, or did not before: that is a finding already. */
export function changedTypes(before: readonly PlanStage[], after: readonly PlanStage[]): string | undefined {
  if (misfit(before) !== undefined) return undefined
  return misfit(after) ?? changedEnd(before, after)
}

/** Two neighbours of which the second cannot read what the first writes. */
function misfit(stages: readonly PlanStage[]): string | undefined {
  for (const [index, reader] of stages.entries()) {
    const writer = stages[index - 1]
    const [output, input] = [writer && typesOf(writer)?.output, typesOf(reader)?.input]
    if (output === undefined || input === undefined || output.kind === 'nothing' || fits(output, input))
      continue
    return `${reader.name} reads ${typeName(input)}, but ${writer?.name ?? ''} writes ${typeName(output)}`
  }
  return undefined
}

/** What the pipeline as a whole does not write any more. */
function changedEnd(before: readonly PlanStage[], after: readonly PlanStage[]): string | undefined {
  const [old, now] = [before, after].map((stages) => {
    const last = stages.at(-1)
    return last && typesOf(last)?.output
  })
  if (old === undefined || now === undefined || typeName(old) === typeName(now)) return undefined
  // Bytes of unknown content may turn out to be anything.
  if (old.kind === 'bytes' && old.media === undefined && now.kind !== 'nothing') return undefined
  return `the end wrote ${typeName(old)}, and now ${typeName(now)}`
}
