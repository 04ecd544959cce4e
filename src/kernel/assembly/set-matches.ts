import { firstBits, maskOf, maskOfSet, restOf } from './masks'

// Listing the bytes of a set as matches, sixty-four bytes a step; or one of each line, perhaps with all behind it.

const ALL: u32 = 0 // every byte of the set
const FIRST: u32 = 1 // the first of each line
const REST: u32 = 2 // the line from that on

/** A place that no step has. */
const NOWHERE: usize = 0

let written: usize = 0

/**
 * Writes spans of what is found in [from, to) to [out, outEnd), as pairs of offsets from `batch`. Returns where to go on when
 * the room is full, or `to`; `setMatchesEnd` tells how far it wrote. The set has no terminator.
 */
export function listSetMatches(
  batch: usize,
  from: usize,
  to: usize,
  terminator: u32,
  set: usize,
  which: u32,
  out: usize,
  outEnd: usize,
): usize {
  const low = v128.load(set)
  const high = v128.load(set, 16)
  const terminators = i8x16.splat(<i8>terminator)
  let first: usize = NOWHERE // of the line at hand
  for (let at = from; at < to; at += 64) {
    const isWhole = at + 64 <= to
    const bytes = isWhole ? at : restOf(at, to)
    const inText = isWhole ? ~(<u64>0) : firstBits(to - at)
    let found = maskOfSet(bytes, low, high) & inText
    let ends = which == ALL ? 0 : maskOf(bytes, terminators) & inText
    if (which == ALL) {
      for (; found; found &= found - 1) {
        if (out == outEnd) return stop(at + <usize>ctz(found), out)
        const start = at + <usize>ctz(found)
        out = writeSpan(out, start - batch, start + 1 - batch)
      }
      continue
    }
    while (true) {
      if (first == NOWHERE) {
        if (!found) break
        if (out == outEnd) return stop(at + <usize>ctz(found), out)
        first = at + <usize>ctz(found)
        ends &= ~(<u64>0) << ctz(found)
      }
      if (!ends) break
      const end = ctz(ends)
      out = writeSpan(out, first - batch, (which == REST ? at + <usize>end : first + 1) - batch)
      first = NOWHERE
      found &= ~(<u64>0) << end
    }
  }
  if (first != NOWHERE) out = writeSpan(out, first - batch, (which == REST ? to : first + 1) - batch)
  return stop(to, out)
}

/** Where the last call of `listSetMatches` stopped writing. */
export function setMatchesEnd(): usize {
  return written
}

@inline function stop(at: usize, out: usize): usize {
  written = out
  return at
}

@inline function writeSpan(out: usize, start: usize, end: usize): usize {
  store<u32>(out, <u32>start)
  store<u32>(out, <u32>end, 4)
  return out + 8
}
