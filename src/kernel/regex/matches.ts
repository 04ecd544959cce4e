import { allocate, copyIn, exported, release, wordsAt } from '../memory.js'
import { Automaton, type AutomatonKind } from './automaton.js'
import { classify, contexts, contextTable } from './context.js'
import { Result } from './control.js'
import type { Finder } from './find.js'
import type { Shape } from './shape.js'
import type { Text } from './text.js'
import type { Nfa } from './nfa.js'
import { reverse } from './nfa.js'
import type { Prefilter } from './prefilter.js'

/** Which matches to list. */
export interface MatchOptions {
  /** The text is one line, whatever it holds. */
  readonly isOneLine?: boolean
  /** In each line, one match at most. */
  readonly onePerLine?: boolean
  /** In each line, the first match to list, from 1. */
  readonly number?: number
  /** Lists no empty match; without it only those right behind another match are left out. */
  readonly skipEmpty?: boolean
}

/**
 * Fills `spans`, which lie in kernel memory, with the next matches' offsets into the batch, a start and an end
 * each; returns how many matches those are. None means the end.
 */
export type MatchWalk = (spans: Uint32Array) => number

/** Lists the matches that do not overlap, line by line. */
export interface MatchLister {
  walk(text: Text, options: MatchOptions): MatchWalk
  /** As `Regex.textLoop`. */
  textLoop(): number | undefined
  free(): void
}

interface Loop {
  listMatches(control: number): number
}

// The boundary to WebAssembly: the build makes both sides.
const { listMatches } = exported as unknown as Loop

/** Words of the control block, as assembly/matches.ts numbers them. */
const Field = {
  forwardColumns: 0,
  forwardEdge: 1,
  forwardStarts: 2,
  backwardColumns: 6,
  backwardEdge: 7,
  backwardStarts: 8,
  contexts: 12,
  prefilter: 13,
  terminator: 14,
  stop: 15,
  mode: 16,
  number: 17,
  out: 18,
  outEnd: 19,
  batch: 20,
  phase: 21,
  line: 22,
  lineStop: 23,
  from: 24,
  at: 25,
  state: 26,
  shape: 31,
  width: 32,
} as const
const words = 33
const notTheSame = 0xffffffff
const anchoredShape = 1
const openEndedShape = 2
const noTerminator = 256
const forwardPhase = 2
const onePerLineMode = 1
const skipEmptyMode = 2

/** Lists matches in one kernel call for many lines. */
export function createMatchLister(
  nfa: Nfa,
  { isAnchored, isOpenEnded, width }: Omit<Shape, 'tree'>,
  prefilter: Prefilter | undefined,
  options: Pick<AutomatonKind, 'multiline' | 'cacheLimit'> & { readonly terminator: number },
): MatchLister {
  const classes = classify(nfa, undefined)
  const kind = { ...options, terminator: undefined }
  const forward = new Automaton(nfa, classes, { ...kind, seeded: true, grouped: true, exact: false })
  const backward = new Automaton(reverse(nfa), classes, {
    ...kind,
    seeded: false,
    grouped: false,
    exact: false,
  })
  const byteContexts = copyIn(contextTable(classes))
  const controlAddress = allocate(words * 4)
  const control = wordsAt(controlAddress, words)
  control[Field.contexts] = byteContexts.byteOffset
  control[Field.prefilter] = prefilter?.address ?? 0
  control[Field.shape] = (isAnchored ? anchoredShape : 0) + (isOpenEnded ? openEndedShape : 0)
  control[Field.width] = width ?? notTheSame
  setAutomata()
  return { walk, textLoop: () => controlAddress, free }

  function walk({ batch, from, to }: Text, matchOptions: MatchOptions): MatchWalk {
    const { isOneLine = false, onePerLine = false, number = 1, skipEmpty = false } = matchOptions
    const base = batch.byteOffset
    /** Where the walk is, while it waits for room. */
    let place: Uint32Array | undefined
    let isDone = false
    return (spans) => {
      if (isDone) return 0
      control[Field.terminator] = isOneLine ? noTerminator : options.terminator
      control[Field.stop] = base + to
      control[Field.mode] = (onePerLine ? onePerLineMode : 0) + (skipEmpty ? skipEmptyMode : 0)
      control[Field.number] = number
      const out = spans.byteOffset
      control[Field.out] = out
      control[Field.outEnd] = out + spans.length * 4
      control[Field.batch] = base
      if (place !== undefined) control.set(place, Field.phase)
      else {
        control[Field.phase] = 0
        control[Field.line] = base + from
      }
      let result = listMatches(controlAddress)
      for (; result === Result.missing; result = listMatches(controlAddress)) {
        buildMissing(batch)
        setAutomata()
      }
      if (result === Result.full) place = control.slice(Field.phase)
      else isDone = true
      return (word(Field.out) - out) / 8
    }
  }

  /** Builds the transition that the walk stopped at. */
  function buildMissing(batch: Buffer): void {
    const at = word(Field.at)
    const base = batch.byteOffset
    if (word(Field.phase) === forwardPhase) {
      const byte = at < word(Field.lineStop) ? batch[at - base] : undefined
      control[Field.state] = forward.build(word(Field.state), byte)
    } else {
      const byte = at > word(Field.line) ? batch[at - 1 - base] : undefined
      control[Field.state] = backward.build(word(Field.state), byte)
    }
  }

  function setAutomata(): void {
    setStarts(forward, Field.forwardStarts)
    setStarts(backward, Field.backwardStarts)
    control[Field.forwardColumns] = forward.columns
    control[Field.forwardEdge] = forward.edgeColumn
    control[Field.backwardColumns] = backward.columns
    control[Field.backwardEdge] = backward.edgeColumn
  }

  function free(): void {
    forward.free()
    backward.free()
    prefilter?.free()
    release(byteContexts.byteOffset)
    release(controlAddress)
  }

  function setStarts(automaton: Automaton, field: number): void {
    for (const context of contexts) control[field + context] = automaton.start(context)
  }

  function word(field: number): number {
    return control[field] ?? 0
  }
}

/** Lists matches by searching for each: for patterns with back-references. */
export function createMatchListerFrom(finder: Finder, terminator: number): MatchLister {
  return { walk, textLoop: () => undefined, free: () => undefined }

  function walk({ batch, from, to }: Text, options: MatchOptions): MatchWalk {
    const matches = matchesOf()
    const span = new Int32Array(2)
    return (spans) => {
      let count = 0
      while (count * 2 + 2 <= spans.length) {
        const next = matches.next()
        if (next.done === true) break
        spans.set(next.value, count * 2)
        count++
      }
      return count
    }

    function* matchesOf(): Generator<readonly [number, number], undefined> {
      if (options.isOneLine === true) yield* matchesIn(from, to)
      else {
        for (let line = from; line < to;) {
          const found = batch.indexOf(terminator, line)
          const end = found < 0 || found > to ? to : found
          yield* matchesIn(line, end)
          line = end + 1
        }
      }
      return undefined
    }

    function* matchesIn(line: number, end: number): Generator<readonly [number, number]> {
      let previous = -1
      let seen = 0
      for (let at = line; at <= end;) {
        if (!finder.exec({ batch, from: line, to: end }, at, span)) return
        const [start = 0, stop = 0] = span
        at = start === stop ? stop + 1 : stop
        if (start === stop && (options.skipEmpty === true || stop === previous)) continue
        previous = stop
        if (++seen < (options.number ?? 1)) continue
        yield [start, stop]
        if (options.onePerLine === true) return
      }
    }
  }
}
