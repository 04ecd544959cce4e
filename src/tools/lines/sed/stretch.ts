import { type BatchProgram, createBatchProgram } from './batch.js'
import type { LineSource } from './lines.js'
import type { Patterns } from './patterns.js'
import type { Address, Command, Pattern, RangeEnd } from './program.js'
import type { RangeState } from './range.js'
import type { Settings } from './settings.js'

/** Lines in a row that a program does the same to, because its range goes on, or has not begun. */
export interface Stretch {
  /** Where the lines end in the batch; they begin at the source's next one. */
  readonly to: number
  readonly program: BatchProgram
}

export interface Stretches {
  /** The stretch that begins at the next line; undefined where it is not worth its while. */
  next(): Stretch | undefined
  free(): void
}

/**
 * For programs whose first command alone has a range: it sees each line as it was read, and what follows treats each line
 * by itself. The line at which a range begins or ends is in no stretch. Undefined for other programs.
 */
export function createStretches(
  settings: Settings,
  ranges: readonly (RangeState | undefined)[],
  source: LineSource,
  patterns: Patterns,
): Stretches | undefined {
  const [first] = settings.program.commands
  const [range] = ranges
  if (first?.selector?.to === undefined || range === undefined) return undefined
  const begin = beginning(first.selector.from)
  const end = ending(first.selector.to)
  if (begin === undefined || end === undefined) return undefined
  const [included, left] = parts(first, settings.program.commands)
  const whenIncluded = createBatchProgram(included, settings, patterns)
  const whenLeft = createBatchProgram(left, settings, patterns)
  if (whenIncluded === undefined || whenLeft === undefined) {
    free()
    return undefined
  }
  return {
    next() {
      const { batch } = source
      if (batch[batch.length - 1] !== settings.delimiter) return undefined
      const to = range.isOpen ? end() : begin()
      if (to - source.next < leastBytes) return undefined
      return { to, program: range.isOpen === first.isNegated ? whenLeft : whenIncluded }
    },
    free,
  }

  /** Where the next line begins at which the range may begin. */
  function beginning(from: Address): (() => number) | undefined {
    if (from.kind === 'pattern') return firstMatch(from.pattern)
    return from.kind === 'line'
      ? () => source.startOf(range?.beginningFrom(source.lineNumber + 1) ?? Infinity)
      : undefined
  }

  /** Where the next line begins at which the range may end. */
  function ending(to: RangeEnd): (() => number) | undefined {
    if (to.kind === 'pattern') return firstMatch(to.pattern)
    if (to.kind === 'last') return () => source.batch.length
    if (to.kind === 'step') return undefined
    return () => source.startOf(Math.max(range?.last ?? 0, source.lineNumber + 1))
  }

  function firstMatch(pattern: Pattern): (() => number) | undefined {
    const cursor = patterns.cursor(pattern)
    return cursor && (() => cursor.nextFrom(source.next))
  }

  function free(): void {
    whenIncluded?.free()
    whenLeft?.free()
  }
}

/** The commands for lines that the first one is for, and those for the others. */
function parts(
  first: Command,
  [, ...others]: readonly Command[],
): readonly [readonly Command[], readonly Command[]] {
  if (first.name === '{') return [others, others.slice(first.target - 1)]
  return [[{ ...first, selector: undefined, isNegated: false }, ...others], others]
}

/** Calls for a stretch take as long as a few lines one by one. */
const leastBytes = 1024
