import { Automaton } from './automaton.js'
import type { AutomatonKind } from './automaton.js'
import { createGroupAssigner, runBackward, traceAddress } from './capture.js'
import { classify, Context } from './context.js'
import { control, controlAddress, Field, loops, notFound, Result, word } from './control.js'
import type { Nfa } from './nfa.js'
import { reverse } from './nfa.js'
import type { Prefilter } from './prefilter.js'
import type { Text } from './text.js'

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
 * One pass forward finds the end of the leftmost-longest match, one backward from there its start. The prefilter
 * tells, where it can, that there is no match, or where the first may begin.
 */
export function createFinder(
  nfa: Nfa,
  groups: number,
  prefilter: Prefilter | undefined,
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
  const assigner = groups > 0 ? createGroupAssigner(nfa, backward) : undefined
  return { exec, test, free }

  function exec(text: Text, at: number, spans: Int32Array): boolean {
    const from = skip(text, at)
    if (from === undefined) return false
    spans.fill(-1)
    if (prefilter?.exactLength !== undefined && assigner === undefined) {
      spans[0] = from
      spans[1] = from + prefilter.exactLength
      return true
    }
    const end = runForward(text, from, false)
    if (end === undefined) return false
    const assign = spans.length > 2 ? assigner?.assign : undefined
    const isTraced = assigner !== undefined && assign !== undefined && end - from <= assigner.blockSize
    const start = findStart(text, from, end, isTraced)
    spans[0] = start
    spans[1] = end
    assign?.(text, start, end, isTraced, spans)
    return true
  }

  function test(text: Text): boolean {
    const from = skip(text, text.from)
    if (from === undefined) return false
    return prefilter?.exactLength !== undefined || runForward(text, from, true) !== undefined
  }

  /** The first place at or behind `at` where a match may begin. */
  function skip({ batch, to }: Text, at: number): number | undefined {
    if (prefilter === undefined) return at
    const base = batch.byteOffset
    const candidate = (loops.regexCandidate(prefilter.address, base + at, base + to) >>> 0) - base
    if (candidate === to) return undefined
    return Math.max(at, candidate - prefilter.reach)
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

  /** The earliest start, not before `at`, of the matches that end at `end`. */
  function findStart(text: Text, at: number, end: number, isTraced: boolean): number {
    if (isTraced) backward.reserve(end - at + 2)
    const after = end < text.to ? backward.contextOf(text.batch[end] ?? 0) : Context.edge
    control[Field.found] = notFound
    control[Field.trace] = isTraced ? traceAddress : 0
    runBackward(backward, text, end, at, backward.start(after))
    return word(Field.found) - text.batch.byteOffset
  }

  function free() {
    forward.free()
    backward.free()
    assigner?.free()
    prefilter?.free()
  }
}
