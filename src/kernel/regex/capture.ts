import { allocate, release, wordsAt } from '../memory.js'
import type { Automaton, SubsetState } from './automaton.js'
import { Context } from './context.js'
import { control, controlAddress, Field, loops, Result, word } from './control.js'
import type { Text } from './find.js'
import type { Mark, Nfa } from './nfa.js'

/**
 * Fills `spans` with the groups of the match [start, end), as glibc assigns them: of all the ways through the
 * pattern that reach `end`, the one that prefers at each choice the earlier alternative and one more repetition.
 *
 * `backward` tells which states can still reach the end, so the walk never turns back: linear time.
 */
export function assignGroups(
  nfa: Nfa,
  backward: Automaton,
  text: Text,
  start: number,
  end: number,
  spans: Int32Array,
): void {
  const reachable = createReachable(backward, text, start, end)
  const groups = new Groups(spans)
  const visited = new Uint32Array(nfa.states.length)
  let stamp = 1
  let node = nfa.start
  let at = start
  for (;;) {
    const state = nfa.states[node]
    if (state === undefined || node === nfa.accept) break
    if (state.mark !== undefined) groups.pass(state.mark, at)
    const edge = state.edges[0]
    if (edge !== undefined) {
      node = edge.target
      at++
      stamp++
      continue
    }
    visited[node] = stamp
    node = choose(state.epsilons)
  }
  reachable.free()

  /** The first choice that leads to the end; but one already taken at this place gives way to the next. */
  function choose(epsilons: readonly { readonly target: number }[]): number {
    const [only, ...others] = epsilons
    if (only !== undefined && others.length === 0) return only.target
    const members = reachable.at(at)
    let chosen: number | undefined
    for (const { target } of epsilons) {
      if (members[target] !== 1) continue
      if (chosen !== undefined) return target
      chosen = target
      if (visited[target] !== stamp) break
    }
    if (chosen === undefined) throw new Error('the walk through a match has lost its way')
    return chosen
  }
}

/** The registers, with glibc's rule that an empty round of a repeated group undoes itself. */
class Groups {
  readonly #saved: Int32Array

  constructor(readonly spans: Int32Array) {
    this.#saved = spans.slice()
  }

  pass({ group, isOpening, isOptional }: Mark, at: number): void {
    const { spans } = this
    const slot = group * 2
    if (slot >= spans.length) return
    if (isOpening) {
      spans[slot] = at
      spans[slot + 1] = -1
    } else if ((spans[slot] ?? 0) < at) {
      spans[slot + 1] = at
      this.#saved.set(spans)
    } else if (isOptional && this.#saved[slot] !== -1) spans.set(this.#saved)
    else spans[slot + 1] = at
  }
}

/** Positions traced at a time: longer matches are traced again from the checkpoints of a first pass. */
const blockSize = 4096

/** For each position of a match, the states from which its end can be reached. */
function createReachable(backward: Automaton, { batch, from, to }: Text, start: number, end: number) {
  const size = Math.min(blockSize, backward.safeRows - 4, Math.max(end - start, 1))
  const trace = wordsAt(allocate((size + 1) * 4), size + 1)
  const last = Math.max(Math.ceil((end - start) / size) - 1, 0)
  const top = backward.start(end < to ? backward.contextOf(batch[end] ?? 0) : Context.edge)
  const checkpoints: SubsetState[] = [backward.stateOf(top)]
  for (let block = 0; block <= last; block++) checkpoints.push(traceBlock(block))
  let current = last
  return { at, free: () => release(trace.byteOffset) }

  function at(position: number): Uint8Array {
    const block = Math.min(Math.floor((end - position) / size), last)
    if (block !== current) traceBlock((current = block))
    const row = trace[end - block * size - position] ?? 0
    return backward.members(
      row,
      position > from ? backward.contextOf(batch[position - 1] ?? 0) : Context.edge,
    )
  }

  /** Notes the states of one block; returns the one at its lower end. */
  function traceBlock(block: number): SubsetState {
    const base = batch.byteOffset
    const high = end - block * size
    const low = Math.max(start, high - size)
    const checkpoint = checkpoints[block]
    if (checkpoint === undefined) throw new Error('no checkpoint')
    backward.reserve(high - low + 2)
    control[Field.at] = base + high
    control[Field.stop] = base + low
    control[Field.trace] = trace.byteOffset
    control[Field.state] = backward.rowOf(checkpoint)
    control[Field.columns] = backward.columns
    while (loops.regexTrace(controlAddress) === Result.missing) {
      control[Field.state] = backward.build(word(Field.state), batch[word(Field.at) - base - 1])
    }
    return backward.stateOf(trace[high - low] ?? 0)
  }
}
