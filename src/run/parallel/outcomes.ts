import type { StageOutcome } from '../../base/status.js'

/** How each stage ended as a whole: in error when it did in any thread, and with a yes when one said yes. */
export function mergeOutcomes(threads: readonly (readonly StageOutcome[])[]): readonly StageOutcome[] {
  const [first = [], ...others] = threads
  return first.map((outcome, index) => others.map((other) => other[index] ?? outcome).reduce(merge, outcome))
}

function merge(one: StageOutcome, other: StageOutcome): StageOutcome {
  if (one.class === 'error' || other.class === 'error') return one.class === 'error' ? one : other
  return one.class === 'ok' ? one : other
}
