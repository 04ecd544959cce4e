import { exported } from '../memory.js'
import { bytesOf } from './byteset.js'
import { createMarkerProgram, markerSteps, type Step } from './markers.js'
import type { MatchLister, MatchOptions, MatchWalk } from './matches.js'
import type { Shape } from './shape.js'
import type { Text } from './text.js'
import { sequence } from './tree.js'

/** Matches that are a row of byte sets, or go on from it to the line's end. */
export interface RowMatches {
  readonly steps: readonly Step[]
  /** Bytes of a row. */
  readonly width: number
  readonly isOpenEnded: boolean
  /** Whether the row is a string, which is found faster where it is rare. */
  readonly isString: boolean
}

interface Loops {
  listRowMatches(
    batch: number,
    from: number,
    to: number,
    terminator: number,
    sets: number,
    setsEnd: number,
    program: number,
    programEnd: number,
    width: number,
    which: number,
    out: number,
    outEnd: number,
  ): number
  rowMatchesEnd(): number
}

// The boundary to WebAssembly: the build makes both sides.
const loops = exported as unknown as Loops

/** Whether a pattern's matches are such: `[,;]`, `T..:..`, `#.*`. */
export function rowMatchesOf({ tree, isOpenEnded, width }: Shape): RowMatches | undefined {
  if (width === undefined || width === 0) return undefined
  const isWithRest = isOpenEnded && tree.kind === 'sequence'
  const steps = markerSteps(isWithRest ? sequence(tree.parts.slice(0, -1)) : tree)
  if (steps === undefined || !steps.every(({ kind }) => ['anywhere', 'start', 'one'].includes(kind)))
    return undefined
  const sets = steps.flatMap((step) => ('set' in step ? [step.set] : []))
  const isString = sets.length === width && sets.every((set) => bytesOf(set).length === 1)
  return { steps, width, isOpenEnded, isString }
}

const which = { all: 0, first: 1, rest: 2 } as const

/** A string that comes less often than once in so many bytes is rare. */
const rareBytes = 512

/** Lists them in whole lines, from the first of each line on, and leaves the rest to `other`. */
export function createRowLister(
  { steps, width, isOpenEnded, isString }: RowMatches,
  terminator: number,
  other: () => MatchLister,
): MatchLister {
  const program = createMarkerProgram(steps, terminator)
  let lister: MatchLister | undefined
  let isRare = false
  return { walk, textLoop: () => (lister ??= other()).textLoop(), free }

  function walk(text: Text, options: MatchOptions): MatchWalk {
    const { isOneLine = false, number = 1 } = options
    if (isOneLine || number !== 1) return otherWalk(text, options)
    const next = isRare ? otherWalk(text, options) : rowWalk(text, options)
    if (!isString) return next
    let count = 0
    return (spans) => {
      const found = next(spans)
      count += found
      isRare = count * rareBytes < text.to - text.from
      return found
    }
  }

  function otherWalk(text: Text, options: MatchOptions): MatchWalk {
    return (lister ??= other()).walk(text, options)
  }

  function rowWalk(text: Text, { onePerLine = false }: MatchOptions): MatchWalk {
    const { byteOffset } = text.batch
    const to = byteOffset + text.to
    const wanted = isOpenEnded ? which.rest : onePerLine ? which.first : which.all
    let at = byteOffset + text.from
    return (spans) => {
      const out = spans.byteOffset
      if (at === to) return 0
      at =
        loops.listRowMatches(
          ...([byteOffset, at, to, terminator] as const),
          ...program.addresses,
          ...([width, wanted, out, out + spans.byteLength] as const),
        ) >>> 0
      return ((loops.rowMatchesEnd() >>> 0) - out) / 8
    }
  }

  function free(): void {
    lister?.free()
    program.free()
  }
}
