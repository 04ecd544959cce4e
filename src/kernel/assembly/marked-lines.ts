import { copyBytes } from './bytes'
import { firstBits, maskOf, maskOfSet, restOf } from './masks'

// Lines that match a row of byte sets, sixty-four bytes a step: what holds for a line is worked out for all lines of a
// step at once, so that short lines cost no more than long ones. A bit of a word stands for each byte. Markers stand
// where an attempt at a match has arrived, and move on with all the others: R. D. Cameron and others, "Bitwise Data
// Parallelism in Regular Expression Matching", PACT 2014.

// A program, as src/kernel/regex/markers.ts writes it: steps of a kind, the index of a set, and what goes over from one
// step of bytes into the next.
const STEP_SIZE: usize = 16
const SET: usize = 4
const CARRY: usize = 8

const ANYWHERE: u32 = 0 // markers on all bytes
const START: u32 = 1 // markers on the first bytes of lines
const ONE: u32 = 2 // over a byte of the set
const OPTIONAL: u32 = 3 // over one, or none
const ANY: u32 = 4 // over as many as there are, or fewer
const END: u32 = 5 // only those at a line's end stay

/** For each set, which bytes of the step it has. */
const MASKS = memory.data(64)

const TABLE_SIZE: usize = 32

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
  for (let step = program; step < programEnd; step += STEP_SIZE)
    store<u64>(step, load<u32>(step) == START ? 1 : 0, CARRY)
  let at = from
  for (; at + 64 <= to; at += 64) {
    const ends = maskOf(at, terminators)
    markSets(at, sets, setsEnd, ~(<u64>0))
    takeLines(at, ends, matchesOf(program, programEnd, ends), inverted)
  }
  const isUnended = from < to && load<u8>(to - 1) != terminator
  if (at < to || isUnended) {
    const rest = restOf(at, to)
    const inText = firstBits(to - at)
    const ends = (maskOf(rest, terminators) & inText) | (isUnended ? (<u64>1) << (to - at) : 0)
    markSets(rest, sets, setsEnd, inText)
    takeLines(at, ends, matchesOf(program, programEnd, ends), inverted)
  }
  if (out && pending < to) {
    output = copyBytes(output, pending, to)
    if (isUnended) store<u8>(output++, <u8>terminator)
  }
  return count
}

/** Where the last call of `selectMarkedLines` stopped writing. */
export function markedLinesEnd(): usize {
  return output
}

@inline function markSets(at: usize, sets: usize, setsEnd: usize, inText: u64): void {
  let mask = MASKS
  for (let set = sets; set < setsEnd; set += TABLE_SIZE, mask += 8)
    store<u64>(mask, maskOfSet(at, v128.load(set), v128.load(set, 16)) & inText)
}

/** The bytes behind which a match ends; without a program, those of the only set. */
@inline function matchesOf(program: usize, programEnd: usize, ends: u64): u64 {
  if (program == programEnd) return load<u64>(MASKS)
  let markers: u64 = 0
  let found: u64 = 0
  for (let step = program; step < programEnd; step += STEP_SIZE) {
    const mask = load<u64>(MASKS + (<usize>load<u32>(step, SET) << 3))
    const carry = load<u64>(step, CARRY)
    switch (load<u32>(step)) {
      case ANYWHERE:
        found |= markers
        markers = ~(<u64>0)
        break
      case START:
        found |= markers
        markers = (ends << 1) | carry
        store<u64>(step, ends >> 63, CARRY)
        break
      case ONE: {
        const over = markers & mask
        markers = (over << 1) | carry
        store<u64>(step, over >> 63, CARRY)
        break
      }
      case OPTIONAL: {
        const over = markers & mask
        markers |= (over << 1) | carry
        store<u64>(step, over >> 63, CARRY)
        break
      }
      case ANY: {
        // A marker that is added to the bits it may go over carries as far as they go.
        const added = (markers & mask) + mask
        const carried = added + carry
        markers |= carried ^ mask
        store<u64>(step, (added < mask ? 1 : 0) | (carried < added ? 1 : 0), CARRY)
        break
      }
      case END:
        markers &= ends
    }
  }
  return found | markers
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
    if (start > pending) output = copyBytes(output, pending, start)
    pending = at + <usize>end + 1
  }
}
