import { copyBlocks } from './bytes'
import { firstMask, markSets, moveMarkers, resetMarkers } from './markers'
import { firstBits, maskOf, restOf } from './masks'

// Lines that match a row of byte sets: what holds for a line is worked out for all lines of a step at once, so that short
// lines cost no more than long ones.

// Where the selection is in the text.
let lineStart: usize = 0 // of the line that the step begins within
let pending: usize = 0 // what is to be copied begins here
let output: usize = 0 // where the next copy goes, 0 for nowhere
let isHeld: u64 = 0 // 1 when that line has shown a match
let count: u32 = 0

/**
 * Counts the lines of [from, to) that match, or with `inverted` the others, and copies them to `out` unless that is 0.
 * There is room for the text and a terminator: copies have one, also where the last line lacks it. No set has the
 * terminator.
 */
export function selectMarkedLines(
  from: usize,
  to: usize,
  terminator: u32,
  sets: usize,
  setsEnd: usize,
  program: usize,
  programEnd: usize,
  inverted: bool,
  out: usize,
): u32 {
  const terminators = i8x16.splat(<i8>terminator)
  lineStart = from
  pending = from
  output = out
  isHeld = 0
  count = 0
  resetMarkers(program, programEnd)
  let at = from
  for (; at + 64 <= to; at += 64) {
    const ends = maskOf(at, terminators)
    markSets(at, sets, setsEnd, ends, ~(<u64>0))
    takeLines(at, ends, matchesOf(program, programEnd, ends), inverted)
  }
  const isUnended = from < to && load<u8>(to - 1) != terminator
  if (at < to || isUnended) {
    const rest = restOf(at, to)
    const inText = firstBits(to - at)
    const ends = (maskOf(rest, terminators) & inText) | (isUnended ? (<u64>1) << (to - at) : 0)
    markSets(rest, sets, setsEnd, ends, inText)
    takeLines(at, ends, matchesOf(program, programEnd, ends), inverted)
  }
  if (out && pending < to) {
    output = copyBlocks(output, pending, to)
    if (isUnended) store<u8>(output++, <u8>terminator)
  }
  return count
}

/** Where the last call of `selectMarkedLines` stopped writing. */
export function markedLinesEnd(): usize {
  return output
}

/** The bytes behind which a match ends; without a program, those of the only set. */
@inline function matchesOf(program: usize, programEnd: usize, ends: u64): u64 {
  return program == programEnd ? firstMask() : moveMarkers(program, programEnd, ends)
}

/**
 * Takes the lines that end in a step. Between two ends all bits of `others` are set: a match that is added to them carries
 * over into the end, and so does a line that was held before.
 */
@inline function takeLines(at: usize, ends: u64, found: u64, inverted: bool): void {
  const others = ~ends
  const inside = others & found
  const added = others + inside
  const carried = added + isHeld
  isHeld = (added < inside ? 1 : 0) | (carried < added ? 1 : 0)
  const holding = carried | found
  const held = inverted ? ends & ~holding : ends & holding
  count += <u32>popcnt(held)
  if (output) dropLines(at, ends, ends & ~held)
  if (ends) lineStart = at + 64 - <usize>clz(ends)
}

/** Copies what stands between the lines that end at the bits of `dropped`. */
@inline function dropLines(at: usize, ends: u64, dropped: u64): void {
  for (; dropped; dropped &= dropped - 1) {
    const end = ctz(dropped)
    const before = ends & firstBits(<usize>end)
    const start = before ? at + 64 - <usize>clz(before) : lineStart
    if (start > pending) output = copyBlocks(output, pending, start)
    pending = at + <usize>end + 1
  }
}
