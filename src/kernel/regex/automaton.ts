import { allocate, release, wordsAt } from '../memory.js'
import type { ByteClasses } from './context.js'
import { type Close, createClose, separator } from './closure.js'
import { Context, contexts } from './context.js'
import type { Nfa } from './nfa.js'

/** How a deterministic automaton is derived from a nondeterministic one. */
export interface AutomatonKind {
  /** A match may begin anywhere, not only where the run begins. */
  readonly seeded: boolean
  /**
   * States are kept in groups by where their match began, earliest first, and a match drops the later
   * groups: the last match seen is the longest of the leftmost.
   */
  readonly grouped: boolean
  /** States hold all that an empty step reaches, for `members`. */
  readonly exact: boolean
  /** The byte that ends a line; the run then begins again behind it. Undefined when the range is one text. */
  readonly terminator: number | undefined
  /** `^` and `$` match at newlines. */
  readonly multiline: boolean
  /** Bytes of transitions to keep at most. */
  readonly cacheLimit: number
}

/** A set of NFA states, where it was reached. Immutable, so that it survives a flush of the table. */
export interface SubsetState {
  readonly key: string
  /** NFA states; `separator` stands between groups. */
  readonly items: readonly number[]
  readonly before: Context
  readonly isSeeding: boolean
  /** Some assertions wait for the next byte. */
  readonly isPending: boolean
  /** It holds the accepting state. */
  readonly isMatch: boolean
  /** By the context of the next byte: what `members` found. */
  readonly members: (Uint8Array | undefined)[]
}

// Flags of a table entry; assembly/automaton.ts has them too.
const special = 1
const match = 2
const dead = 4
const unbuilt = 8
const noTransition = special | unbuilt

const firstRows = 8
const leastRows = 16
/** NFA states held by all subsets together: 32 MB. */
const itemLimit = 1 << 22
const columnWords = 256

/**
 * A deterministic automaton built while it runs: the loops of assembly/regex-run.ts and others ask for the transitions they
 * miss. Its table lives in kernel memory and is dropped when it has grown to the limit.
 */
export class Automaton {
  /** Address of the columns: for each byte, where its class's column begins. */
  readonly columns: number
  readonly #rowBytes: number
  readonly #rowLimit: number
  readonly #close: Close
  readonly #terminatorClass: number | undefined
  readonly #isAnchored: boolean
  #table: number
  #capacity = firstRows
  #states: SubsetState[] = []
  #rows = new Map<string, number>()
  #starts: (number | undefined)[] = []
  #heldItems = 0
  /** How often the table was dropped. */
  flushes = 0

  constructor(
    readonly nfa: Nfa,
    readonly classes: ByteClasses,
    readonly kind: AutomatonKind,
  ) {
    this.#rowBytes = ((classes.count + 2) * 4 + 15) & ~15
    this.#rowLimit = Math.max(leastRows, Math.floor(kind.cacheLimit / this.#rowBytes))
    this.#close = createClose(nfa, kind)
    this.#terminatorClass = kind.terminator === undefined ? undefined : classes.of[kind.terminator]
    this.#isAnchored = contexts.every(
      (before) => before === Context.edge || this.#close([nfa.start], before, undefined).items.length === 0,
    )
    this.columns = allocate(columnWords * 4)
    this.#table = allocate(firstRows * this.#rowBytes)
    this.#writeColumns()
  }

  /** Address of the column of what stands before or behind everything. */
  get edgeColumn(): number {
    return this.#table + this.classes.count * 4
  }

  /** Address of a column that users of the automaton may fill, through `setSpare`. */
  get spareColumn(): number {
    return this.edgeColumn + 4
  }

  spare(row: number): number | undefined {
    const value = wordsAt(this.spareColumn + row, 1)[0]
    return value === noTransition ? undefined : value
  }

  setSpare(row: number, value: number | undefined): void {
    wordsAt(this.spareColumn + row, 1)[0] = value ?? noTransition
  }

  columnOf(byte: number): number {
    return this.#table + (this.classes.of[byte] ?? 0) * 4
  }

  /** The state in which a run begins behind `before`. */
  start(before: Context): number {
    const known = this.#starts[before]
    if (known !== undefined) return known
    const row = this.rowOf(this.#subset([this.nfa.start], before, this.kind.seeded))
    return (this.#starts[before] = row)
  }

  get hasAssertions(): boolean {
    return this.classes.hasAssertions
  }

  contextOf(byte: number): Context {
    return this.classes.context[this.classes.of[byte] ?? 0] ?? Context.other
  }

  stateOf(row: number): SubsetState {
    const state = this.#states[row / this.#rowBytes]
    if (state === undefined) throw new Error('no such state')
    return state
  }

  /** The row of the table for a state, made when there is none. */
  rowOf(state: SubsetState): number {
    const known = this.#rows.get(state.key)
    if (known !== undefined) return known
    if (this.#states.length >= this.#rowLimit || this.#heldItems > itemLimit) this.#flush()
    if (this.#states.length === this.#capacity) this.#grow()
    const row = this.#states.length * this.#rowBytes
    this.#states.push(state)
    this.#rows.set(state.key, row)
    this.#heldItems += state.items.length
    wordsAt(this.#table + row, this.#rowBytes / 4).fill(noTransition)
    return row
  }

  /** Drops the table unless `rows` more fit into it, as up to `safeRows` always do into an empty one. */
  reserve(rows: number): void {
    const items = this.#heldItems + rows * this.nfa.states.length
    if (this.#states.length + rows > this.#rowLimit || items > itemLimit) this.#flush()
  }

  get safeRows(): number {
    return Math.min(this.#rowLimit, Math.floor(itemLimit / this.nfa.states.length))
  }

  /**
   * Builds the transition from the state at `row` on a byte's class, or on the edge when `byte` is undefined.
   * Returns the row of the state, which moves when the table had to be dropped; columns may move too.
   */
  build(row: number, byte: number | undefined): number {
    const source = this.stateOf(row)
    const column = byte === undefined ? this.classes.count : (this.classes.of[byte] ?? 0)
    const flushes = this.flushes
    const entry = this.#transition(source, column)
    const home = flushes === this.flushes ? row : this.rowOf(source)
    wordsAt(this.#table + home, this.#rowBytes / 4)[column] = entry
    return home
  }

  /** One flag for each NFA state: whether the state at `row` holds it, knowing what the next byte is. */
  members(row: number, after: Context): Uint8Array {
    const state = this.stateOf(row)
    const known = state.members[after]
    if (known !== undefined) return known
    const flags = new Uint8Array(this.nfa.states.length)
    const items = state.isPending ? this.#close(state.items, state.before, after).items : state.items
    for (const item of items) if (item !== separator) flags[item] = 1
    this.#heldItems += flags.length >> 3
    return (state.members[after] = flags)
  }

  free(): void {
    release(this.columns)
    release(this.#table)
  }

  #transition(source: SubsetState, column: number): number {
    const isEdge = column === this.classes.count
    const isTerminator = column === this.#terminatorClass
    const after = isEdge || isTerminator ? Context.edge : (this.classes.context[column] ?? Context.other)
    const closure = source.isPending ? this.#close(source.items, source.before, after) : source
    const matchFlags = closure.isMatch ? special | match : 0
    if (isEdge) return special | dead | matchFlags
    const isLines = this.#terminatorClass !== undefined
    if (isTerminator || (isLines && closure.isMatch)) return this.start(Context.edge) | matchFlags

    const isSeeding = source.isSeeding && !closure.isMatch
    const target = this.#subset(this.#step(closure.items, column), after, isSeeding)
    const isDead = target.items.length === 0 && (!isSeeding || this.#isAnchored)
    return this.rowOf(target) | matchFlags | (isDead ? special | dead : 0)
  }

  /** What the states reach by a byte of the class. */
  #step(items: readonly number[], column: number): number[] {
    const byte = this.classes.sample[column] ?? 0
    const targets: number[] = []
    for (const item of items) {
      if (item === separator) targets.push(separator)
      else {
        for (const edge of this.nfa.states[item]?.edges ?? []) {
          if (edge.set[byte] === 1) targets.push(edge.target)
        }
      }
    }
    return targets
  }

  #subset(targets: number[], before: Context, isSeeding: boolean): SubsetState {
    const isFirst = targets.length === 1 && targets[0] === this.nfa.start
    if (isSeeding && !isFirst) {
      if (this.kind.grouped) targets.push(separator)
      targets.push(this.nfa.start)
    }
    const closure = this.#close(targets, before, undefined)
    const goesOn = isSeeding && !(this.kind.grouped && closure.isMatch)
    const head = (closure.isPending ? before * 2 : 0) + (goesOn ? 1 : 0)
    const key = Buffer.from(Int32Array.from([head, ...closure.items]).buffer).toString('latin1')
    return { key, ...closure, before, isSeeding: goesOn, members: [] }
  }

  #flush(): void {
    this.flushes++
    this.#states = []
    this.#rows = new Map<string, number>()
    this.#starts = []
    this.#heldItems = 0
  }

  #grow(): void {
    const capacity = Math.min(this.#capacity * 4, this.#rowLimit)
    const table = allocate(capacity * this.#rowBytes)
    const words = (this.#capacity * this.#rowBytes) / 4
    wordsAt(table, words).set(wordsAt(this.#table, words))
    release(this.#table)
    this.#table = table
    this.#capacity = capacity
    this.#writeColumns()
  }

  #writeColumns(): void {
    const columns = wordsAt(this.columns, columnWords)
    for (let byte = 0; byte < columnWords; byte++) columns[byte] = this.columnOf(byte)
  }
}
