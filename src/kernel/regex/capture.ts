import { allocate, copyIn, release, wordsAt } from '../memory.js'
import type { Automaton, SubsetState } from './automaton.js'
import { Context, contexts, contextTable } from './context.js'
import { control, controlAddress, Field, loops, Result, word } from './control.js'
import type { Text } from './text.js'
import type { Epsilon, Mark, Nfa } from './nfa.js'

/** Assigns the groups of a match whose range is known. */
export interface GroupAssigner {
  /** How long a match may be for one trace of it. */
  readonly blockSize: number
  /** Fills `spans` behind the match's own range [start, end). `isTraced`: the trace of the range was made. */
  assign(text: Text, start: number, end: number, isTraced: boolean, spans: Int32Array): void
  free(): void
}

/** Places traced at a time: longer matches are traced again from the checkpoints of a first pass. */
const longestBlock = 4096

/** The states of a block's places from its end down, and what a walk notes; shared, as no run is within another. */
const trace = wordsAt(allocate((longestBlock + 2) * 4), longestBlock + 2)
const notes = wordsAt(allocate((longestBlock + 1) * 8), (longestBlock + 1) * 2)
export const traceAddress = trace.byteOffset

const finished = 0xffffffff
const walkWords = 2
/** Bytes of walks to keep at most. */
const walkLimit = 4 << 20

/**
 * Groups are assigned as glibc does it: of all the ways through the pattern that reach the match's end, the one
 * that prefers at each choice the earlier alternative and one more repetition. `backward` tells which states can
 * still reach the end, so the walk never turns back: linear time. What the walk does between two bytes depends
 * on the state of `backward` and on where the walk arrives, so it is worked out once and kept in a table.
 */
export function createGroupAssigner(nfa: Nfa, backward: Automaton): GroupAssigner {
  const { arrivals, indexOf } = numberArrivals(nfa)
  const contextBytes = backward.hasAssertions ? copyIn(contextTable(backward.classes)).byteOffset : 0
  const contextCount = contextBytes === 0 ? 1 : contexts.length
  const rowWords = contextCount * arrivals.length * walkWords
  const walksAtOnce = Math.floor(walkLimit / (rowWords * 4))
  const blockSize = Math.max(1, Math.min(longestBlock, backward.safeRows >> 1, walksAtOnce))
  const visited = new Uint32Array(nfa.states.length)
  let stamp = 0
  let actions: Mark[][] = [[]]
  let rows: number[] = []
  let tables: number[] = []
  let flushes = backward.flushes
  return { blockSize, assign, free }

  function assign(text: Text, start: number, end: number, isTraced: boolean, spans: Int32Array): void {
    const last = isTraced ? 0 : Math.max(Math.ceil((end - start) / blockSize) - 1, 0)
    const checkpoints: SubsetState[] = []
    if (!isTraced) {
      const after = end < text.to ? backward.contextOf(text.batch[end] ?? 0) : Context.edge
      checkpoints.push(backward.stateOf(backward.start(after)))
      for (let block = 0; block <= last; block++) checkpoints.push(traceBlock(block))
    }
    const registers = new Registers(spans)
    let arrival = indexOf(nfa.start)
    for (let block = last; block >= 0; block--) {
      if (block < last) traceBlock(block)
      arrival = walkBlock(block, arrival)
    }

    /** Notes the states of one block; returns the one at its lower end. */
    function traceBlock(block: number): SubsetState {
      const high = end - block * blockSize
      const low = Math.max(start, high - blockSize)
      const checkpoint = checkpoints[block]
      if (checkpoint === undefined) throw new Error('no checkpoint')
      backward.reserve(high - low + 2)
      control[Field.trace] = traceAddress
      runBackward(backward, text, high, low, backward.rowOf(checkpoint))
      return backward.stateOf(trace[high - low] ?? 0)
    }

    function walkBlock(block: number, from: number): number {
      const base = text.batch.byteOffset
      const high = end - block * blockSize
      const low = block === last ? start : Math.max(start, high - blockSize)
      if (flushes !== backward.flushes || tables.length > walksAtOnce) dropWalks()
      control[Field.at] = base + low
      // The last place has a walk too, to the end of the pattern.
      control[Field.stop] = base + high + (block === 0 ? 1 : 0)
      control[Field.batch] = base + text.from
      control[Field.trace] = traceAddress + (high - low) * 4
      control[Field.state] = from
      control[Field.out] = notes.byteOffset
      control[Field.contexts] = contextBytes
      control[Field.arrivals] = arrivals.length
      control[Field.walks] = backward.spareColumn
      while (loops.regexWalk(controlAddress) === Result.missing) {
        const at = word(Field.at) - base
        const context =
          contextBytes === 0 || at === text.from ? Context.edge : backward.contextOf(text.batch[at - 1] ?? 0)
        buildWalk(trace[(word(Field.trace) - traceAddress) / 4] ?? 0, context, word(Field.state))
      }
      const count = (word(Field.out) - notes.byteOffset) / 4
      for (let index = 0; index < count; index += 2) {
        const at = (notes[index + 1] ?? 0) - base
        for (const mark of actions[notes[index] ?? 0] ?? []) registers.pass(mark, at)
      }
      return word(Field.state)
    }
  }

  /** Works out one entry of the table of walks. */
  function buildWalk(row: number, context: Context, arrival: number): void {
    let table = backward.spare(row)
    if (table === undefined) {
      table = allocate(rowWords * 4)
      wordsAt(table, rowWords).fill(0)
      rows.push(row)
      tables.push(table)
      backward.setSpare(row, table)
    }
    const marks: Mark[] = []
    const next = walk(arrivals[arrival] ?? 0, backward.members(row, context), marks)
    const entry = wordsAt(table + (context * arrivals.length + arrival) * walkWords * 4, walkWords)
    entry[0] = next === undefined ? finished : indexOf(next)
    entry[1] = marks.length === 0 ? 0 : actions.push(marks) - 1
  }

  /** Goes on from a state to the next byte and returns where that leads; undefined at the pattern's end. */
  function walk(from: number, members: Uint8Array, marks: Mark[]): number | undefined {
    stamp++
    for (let node = from; ;) {
      const state = nfa.states[node]
      if (state === undefined || node === nfa.accept) return undefined
      if (state.mark !== undefined) marks.push(state.mark)
      if (state.edges[0] !== undefined) return state.edges[0].target
      visited[node] = stamp
      node = choose(state.epsilons, members)
    }
  }

  /** The first choice that leads to the end; but one already taken at this place gives way to the next. */
  function choose(epsilons: readonly Epsilon[], members: Uint8Array): number {
    let chosen: number | undefined
    for (const { target } of epsilons) {
      if (epsilons.length > 1 && members[target] !== 1) continue
      if (chosen !== undefined) return target
      chosen = target
      if (visited[target] !== stamp) break
    }
    if (chosen === undefined) throw new Error('the walk through a match has lost its way')
    return chosen
  }

  function dropWalks(): void {
    if (flushes === backward.flushes) for (const row of rows) backward.setSpare(row, undefined)
    for (const table of tables) release(table)
    flushes = backward.flushes
    rows = []
    tables = []
    actions = [[]]
  }

  function free(): void {
    dropWalks()
    if (contextBytes !== 0) release(contextBytes)
  }
}

/** Runs `backward` from `at` down to `stop`; the first bytes of the text stand before `from`. */
export function runBackward(backward: Automaton, text: Text, at: number, stop: number, state: number): void {
  const { batch, from } = text
  const base = batch.byteOffset
  const edge = () => (stop > from ? backward.columnOf(batch[stop - 1] ?? 0) : backward.edgeColumn)
  control[Field.at] = base + at
  control[Field.stop] = base + stop
  control[Field.state] = state
  control[Field.columns] = backward.columns
  control[Field.edge] = edge()
  while (loops.regexBackward(controlAddress) === Result.missing) {
    const here = word(Field.at) - base
    control[Field.state] = backward.build(word(Field.state), here > from ? batch[here - 1] : undefined)
    control[Field.edge] = edge()
  }
}

/** The registers, with glibc's rule that an empty round of a repeated group undoes itself. */
class Registers {
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

/** The states in which a walk can arrive behind a byte, and that it starts from; numbered from 1. */
function numberArrivals(nfa: Nfa): { readonly arrivals: readonly number[]; indexOf(state: number): number } {
  const arrivals = [-1, nfa.start]
  const numbers = new Map([[nfa.start, 1]])
  for (const { edges } of nfa.states) {
    for (const { target } of edges) {
      if (!numbers.has(target)) numbers.set(target, arrivals.push(target) - 1)
    }
  }
  return { arrivals, indexOf: (state) => numbers.get(state) ?? 0 }
}
