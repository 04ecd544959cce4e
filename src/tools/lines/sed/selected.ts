import { allocate, release, wordsAt } from '../../../kernel/index.js'
import type { Regex, Text } from '../../../kernel/regex/index.js'

/** Leaves those of a text's matches that lie in lines which a pattern selects. */
export interface MatchFilter {
  /** Begins with a text of whole lines. */
  begin(text: Text): void
  /** Leaves the first of `count` matches that are to stay, which go forward through the text; returns how many. */
  keep(spans: Uint32Array, count: number): number
  free(): void
}

const linesAtATime = 256

/** With `isNegated`, those in the other lines stay. */
export function createMatchFilter(regex: Regex, isNegated: boolean): MatchFilter {
  const lines = wordsAt(allocate(linesAtATime * 8), linesAtATime * 2)
  let text: Text = { batch: Buffer.alloc(0), from: 0, to: 0 }
  let index = 0
  let count = 0
  return {
    begin(whole) {
      text = whole
      index = count = 0
    },
    keep(spans, matches) {
      let kept = 0
      for (let match = 0; match < matches; match++) {
        const [start = 0, end = 0] = [spans[match * 2], spans[match * 2 + 1]]
        if (isSelected(start) === isNegated) continue
        spans[kept * 2] = start
        spans[kept * 2 + 1] = end
        kept++
      }
      return kept
    },
    free: () => release(lines.byteOffset),
  }

  /** Whether a place is in a selected line; places go forward. */
  function isSelected(place: number): boolean {
    for (;;) {
      while (index < count && (lines[index * 2 + 1] ?? 0) < place) index++
      if (index < count) return (lines[index * 2] ?? 0) <= place
      if (text.from >= text.to) return false
      const result = regex.select(text, { kind: 'list', spans: lines })
      text = { ...text, from: result.next }
      index = 0
      count = result.count
    }
  }
}
