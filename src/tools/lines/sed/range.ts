import { CommandWord, RangePlace } from './layout.js'
import type { Selector } from './program.js'

/** A selector's range as the kernel goes through the lines: assembly/sed-select.ts moves it. */
export interface RangeState {
  /** Whether the next line may be included whatever it holds. */
  readonly isOpen: boolean
  /** The last line of an open range, where that is known from its first. */
  readonly last: number | undefined
  /** The first line from `line` on at which a range from a line number on begins, if its command is asked; Infinity for none. */
  beginningFrom(line: number): number
  /** Begins anew, for a file of its own. */
  reset(): void
}

/** The range of a command that lies at `words`, and its last line at `lasts`. */
export function createRange({ from, to }: Selector, words: Uint32Array, lasts: Float64Array): RangeState {
  const range = {
    get isOpen() {
      return to !== undefined && words[CommandWord.rangeState] === RangePlace.inside
    },
    get last() {
      const last = lasts[0] ?? noLine
      return last === noLine ? undefined : last
    },
    beginningFrom: (line: number) =>
      from.kind === 'line' && words[CommandWord.rangeState] === RangePlace.before
        ? Math.max(from.number, line)
        : Infinity,
    reset() {
      // 0,/re/ is open before the first line.
      const isOpen = from.kind === 'line' && from.number === 0
      words[CommandWord.rangeState] = isOpen ? RangePlace.inside : RangePlace.before
      lasts[0] = noLine
    },
  }
  range.reset()
  return range
}

const noLine = -1
