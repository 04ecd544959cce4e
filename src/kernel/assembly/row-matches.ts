import { markSets, moveMarkers, resetMarkers } from './markers'
import { firstBits, maskOf, restOf } from './masks'

// Listing the matches of a row of byte sets, all of them as wide; or one of each line, perhaps with all behind it.

const ALL: u32 = 0 // every match that does not overlap the one before
const FIRST: u32 = 1 // the first of each line
const REST: u32 = 2 // the line from that on

/** A place that no match has. */
const NOWHERE: usize = 0

let written: usize = 0

/**
 * Writes spans of what is found in [from, to), whole lines, to [out, outEnd), as pairs of offsets from `batch`. Returns where
 * to go on when the room is full, or `to`; `rowMatchesEnd` tells how far it wrote. No set has the terminator, and
 * markers are of the kinds ANYWHERE, START and ONE.
 */
export function listRowMatches(
  batch: usize,
  from: usize,
  to: usize,
  terminator: u32,
  sets: usize,
  setsEnd: usize,
  program: usize,
  programEnd: usize,
  width: usize,
  which: u32,
  out: usize,
  outEnd: usize,
): usize {
  const terminators = i8x16.splat(<i8>terminator)
  let free = from // where the next match may begin
  let first: usize = NOWHERE // the end of the first match of the line at hand
  resetMarkers(program, programEnd)
  // A match may end with the text: its bit is the one behind.
  for (let at = from; at <= to; at += 64) {
    const isWhole = at + 64 <= to
    const bytes = isWhole ? at : restOf(at, to)
    const inText = isWhole ? ~(<u64>0) : firstBits(to - at)
    let ends = maskOf(bytes, terminators) & inText
    markSets(bytes, sets, setsEnd, ends, inText)
    let found = moveMarkers(program, programEnd, ends)
    if (which == ALL) {
      for (; found; found &= found - 1) {
        const end = at + <usize>ctz(found)
        if (end - width < free) continue
        if (out == outEnd) return stop(end - width, out)
        out = writeSpan(out, end - width - batch, end - batch)
        free = end
      }
      continue
    }
    while (true) {
      if (first == NOWHERE) {
        if (!found) break
        first = at + <usize>ctz(found)
        if (out == outEnd) return stop(first - width, out)
        ends &= ~(<u64>0) << ctz(found)
      }
      if (!ends) break
      const end = at + <usize>ctz(ends)
      out = writeSpan(out, first - width - batch, (which == REST ? end : first) - batch)
      first = NOWHERE
      const behind = ends ^ (ends - 1)
      found &= ~behind
      ends &= ~behind
    }
  }
  if (first != NOWHERE) out = writeSpan(out, first - width - batch, (which == REST ? to : first) - batch)
  return stop(to, out)
}

/** Where the last call of `listRowMatches` stopped writing. */
export function rowMatchesEnd(): usize {
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
