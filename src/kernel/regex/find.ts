import { Automaton } from './automaton.js'
import type { AutomatonKind } from './automaton.js'
import { assignGroups } from './capture.js'
import { classify, Context } from './context.js'
import { control, controlAddress, Field, loops, notFound, Result, word } from './control.js'
import type { Nfa } from './nfa.js'
import { reverse } from './nfa.js'

/** A piece of a batch that is searched as one text. Offsets are into the batch, which lies in kernel memory. */
export interface Text {
  readonly batch: Buffer
  readonly from: number
  readonly to: number
}

/** Finds where the leftmost-longest match begins and ends, and what its groups hold. */
export interface Finder {
  /**
   * The first match that begins at `at` or later. Fills `spans` with offsets into the batch: start and end of
   * the match, then of each group as far as there is room, -1 for a group that took no part.
   */
  exec(text: Text, at: number, spans: Int32Array): boolean
  /** Whether there is a match. */
  test(text: Text): boolean
  free(): void
}

/**
 * One pass forward finds the end of the leftmost-longest match, one backward from there its start, and a
 * third, when groups are asked for, which states can still reach the end from where.
 */
export function createFinder(
  nfa: Nfa,
  groups: number,
  options: Pick<AutomatonKind, 'multiline' | 'cacheLimit'>,
): Finder {
  const classes = classify(nfa, undefined)
  const common = { ...options, terminator: undefined }
  const forward = new Automaton(nfa, classes, { ...common, seeded: true, grouped: true, exact: false })
  const backward = new Automaton(reverse(nfa), classes, {
    ...common,
    seeded: false,
    grouped: false,
    exact: true,
  })
  return { exec, test: (text) => runForward(text, text.from, true) !== undefined, free }

  function exec(text: Text, at: number, spans: Int32Array): boolean {
    const end = runForward(text, at, false)
    if (end === undefined) return false
    const start = runBackward(text, at, end)
    spans.fill(-1)
    spans[0] = start
    spans[1] = end
    if (spans.length > 2 && groups > 0) assignGroups(nfa, backward, text, start, end, spans)
    return true
  }

  /** Where the leftmost-longest match ends, or with `isTest` any. */
  function runForward({ batch, from, to }: Text, at: number, isTest: boolean): number | undefined {
    const base = batch.byteOffset
    control[Field.at] = base + at
    control[Field.stop] = base + to
    control[Field.found] = notFound
    control[Field.mode] = isTest ? 1 : 0
    control[Field.state] = forward.start(at > from ? forward.contextOf(batch[at - 1] ?? 0) : Context.edge)
    control[Field.columns] = forward.columns
    control[Field.edge] = forward.edgeColumn
    while (loops.regexForward(controlAddress) === Result.missing) {
      const here = word(Field.at) - base
      control[Field.state] = forward.build(word(Field.state), here < to ? batch[here] : undefined)
      control[Field.edge] = forward.edgeColumn
    }
    const found = word(Field.found)
    return found === notFound ? undefined : found - base
  }

  function runBackward({ batch, from, to }: Text, at: number, end: number): number {
    const base = batch.byteOffset
    const before = at > from ? (batch[at - 1] ?? 0) : undefined
    const edge = () => (before === undefined ? backward.edgeColumn : backward.columnOf(before))
    control[Field.at] = base + end
    control[Field.stop] = base + at
    control[Field.found] = notFound
    control[Field.state] = backward.start(end < to ? backward.contextOf(batch[end] ?? 0) : Context.edge)
    control[Field.columns] = backward.columns
    control[Field.edge] = edge()
    while (loops.regexBackward(controlAddress) === Result.missing) {
      const here = word(Field.at) - base
      control[Field.state] = backward.build(word(Field.state), here > from ? batch[here - 1] : undefined)
      control[Field.edge] = edge()
    }
    return word(Field.found) - base
  }

  function free() {
    forward.free()
    backward.free()
  }
}
