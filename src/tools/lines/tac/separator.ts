import { copyIn, kernel, release } from '../../../kernel/index.js'
import { compileRegex, syntaxes } from '../../../kernel/regex/index.js'

/** What stands between records, and on which side it belongs to them. */
export interface Separator {
  /** Its length in bytes, as far as that is known. */
  readonly length: number
  /**
   * Copies the records of a window to `out`, the last first, as far as their separators are found at `limit` or
   * before. Offsets are into the window, which lies in kernel memory.
   */
  turn(window: Buffer, limit: number, out: Buffer): Turned
  free(): void
}

export interface Turned {
  /** Where what was not copied ends: so many bytes fewer than the window has were written. */
  readonly end: number
  /** Up to where the next separator may begin; below zero where it stands before the window. */
  readonly limit: number
}

/** A string. Two of them do not overlap; the one that ends last counts. */
export function stringSeparator(text: Uint8Array, before: boolean): Separator {
  const bytes = copyIn(text)
  const { length, byteOffset } = bytes
  return {
    length,
    turn(window, limit, out) {
      const from = window.byteOffset
      const last = from + Math.min(limit, window.length - length)
      const turned = kernel.turnRecords(
        from,
        last,
        from + window.length,
        byteOffset,
        length,
        before,
        out.byteOffset,
      )
      const end = (turned >>> 0) - from
      return { end, limit: Math.min(end - (before ? length : 2 * length), -1) }
    },
    free: () => release(byteOffset),
  }
}

/** A regular expression: of the matches that end by the limit, the one that begins last counts. */
export function regexSeparator(pattern: string, before: boolean): Separator {
  const regex = compileRegex([pattern], { syntax: syntaxes.emacs, multiline: true })
  const spans = new Int32Array(2)

  return {
    length: 1,
    turn(window, limit, out) {
      let end = window.length
      let written = 0
      let to = Math.min(limit + 1, end)
      while (findLast(window, to)) {
        const [start = 0, stop = 0] = spans
        const cut = before ? start : stop
        out.set(window.subarray(cut, end), written)
        written += end - cut
        end = cut
        to = start
      }
      return { end, limit: to - 1 }
    },
    free: () => regex.free(),
  }

  /** Finds the match that begins last in [0, to), among those that end there or before. */
  function findLast(batch: Buffer, to: number): boolean {
    const text = { batch, from: 0, to }
    for (let reach = firstReach; to > 0; reach *= 4) {
      const from = Math.max(to - reach, 0)
      let found: readonly [number, number] | undefined
      for (let at = from; at < to && regex.exec(text, at, spans); at = (found?.[0] ?? to) + 1) {
        const [start = 0, stop = 0] = spans
        if (start >= to) break
        found = [start, stop]
      }
      if (found !== undefined) {
        spans.set(found)
        return true
      }
      if (from === 0) return false
    }
    return false
  }
}

/** How far back the search for a match begins; each time in vain, it goes four times as far. */
const firstReach = 64
