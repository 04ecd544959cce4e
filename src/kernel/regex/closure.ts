import { type Context, contexts, holds } from './context.js'
import type { Nfa } from './nfa.js'
import type { Assertion } from './tree.js'

/** Stands between the groups of a list of NFA states. */
export const separator = -1

/** States that empty steps reach. */
export interface Closure {
  readonly items: readonly number[]
  /** The accepting state is among them. */
  readonly isMatch: boolean
  /** Some assertions wait for the next byte. */
  readonly isPending: boolean
}

/**
 * All that empty steps reach from `seeds` between two contexts. Without `after`, assertions that need the next
 * byte wait: their states are kept.
 */
export type Close = (seeds: readonly number[], before: Context, after: Context | undefined) => Closure

/** A match drops the groups behind its own. `exact`: states with nothing but empty steps are kept. */
export function createClose(
  { states, accept }: Nfa,
  kind: { readonly exact: boolean; readonly multiline: boolean },
): Close {
  const stamps = new Uint32Array(states.length)
  let stamp = 0
  return close

  function close(seeds: readonly number[], before: Context, after: Context | undefined): Closure {
    stamp++
    const items: number[] = []
    const stack: number[] = []
    let group: number[] = []
    let isMatch = false
    let isPending = false
    for (const seed of seeds) {
      if (seed === separator) {
        endGroup()
        if (isMatch) break
        continue
      }
      stack.push(seed)
      for (let index = stack.pop(); index !== undefined; index = stack.pop()) visit(index)
    }
    endGroup()
    return { items, isMatch, isPending }

    function visit(index: number) {
      const state = states[index]
      if (stamps[index] === stamp || state === undefined) return
      stamps[index] = stamp
      let isKept = kind.exact || index === accept || state.edges.length > 0
      for (const { target, assertion } of state.epsilons) {
        const truth = assertion === undefined ? 'always' : truthOf(assertion, before, after, kind.multiline)
        if (truth === 'always') stack.push(target)
        else if (truth === 'sometimes') isKept = isPending = true
      }
      if (index === accept) isMatch = true
      if (isKept) group.push(index)
    }

    function endGroup() {
      if (group.length === 0) return
      if (items.length > 0) items.push(separator)
      for (const item of group.sort((a, b) => a - b)) items.push(item)
      group = []
    }
  }
}

function truthOf(
  assertion: Assertion,
  before: Context,
  after: Context | undefined,
  multiline: boolean,
): 'always' | 'sometimes' | 'never' {
  if (after !== undefined) return holds(assertion, before, after, multiline) ? 'always' : 'never'
  const count = contexts.filter((next) => holds(assertion, before, next, multiline)).length
  return count === 0 ? 'never' : count === contexts.length ? 'always' : 'sometimes'
}
