import { copyBytes } from './bytes'
import { members } from './byteset'

// Lines with a byte of a set, sixty-four bytes a step: what holds for a line is worked out for all lines of a step
// at once, so that short lines cost no more than long ones.

/** The rest of a text that is no whole step. */
const REST = memory.data(64, 16)

// Where the selection is in the text.
let lineStart: usize = 0 // of the line that the step begins within
let pending: usize = 0 // what is to be copied begins here
let output: usize = 0 // where the next copy goes, 0 for nowhere
let isHeld: u64 = 0 // 1 when that line has shown a member
let count: u32 = 0

/**
 * Counts the lines of [from, to) that hold a byte of the set, or with `inverted` the others, and copies them to `out`
 * unless that is 0. There is room for the text and a terminator: copies have one, also where the last line lacks it.
 */
export function selectMemberLines(
  from: usize,
  to: usize,
  terminator: u32,
  set: usize,
  inverted: bool,
  out: usize,
): u32 {
  const ends = i8x16.splat(<i8>terminator)
  const low = v128.load(set)
  const high = v128.load(set, 16)
  lineStart = from
  pending = from
  output = out
  isHeld = 0
  count = 0
  let at = from
  for (; at + 64 <= to; at += 64) takeLines(at, endsOf(at, ends), membersOf(at, low, high), inverted)
  const isUnended = from < to && load<u8>(to - 1) != terminator
  if (at < to || isUnended) {
    const length = to - at
    copyBytes(REST, at, to)
    const inText = ((<u64>1) << length) - 1
    const end = isUnended ? (<u64>1) << length : 0
    takeLines(at, (endsOf(REST, ends) & inText) | end, membersOf(REST, low, high) & inText, inverted)
  }
  if (out && pending < to) {
    output = copyBytes(output, pending, to)
    if (isUnended) store<u8>(output++, <u8>terminator)
  }
  return count
}

/** Where the last call of `selectMemberLines` stopped writing. */
export function memberLinesEnd(): usize {
  return output
}

@inline function endsOf(at: usize, ends: v128): u64 {
  return (
    bits(v128.eq<i8>(v128.load(at), ends)) |
    (bits(v128.eq<i8>(v128.load(at, 16), ends)) << 16) |
    (bits(v128.eq<i8>(v128.load(at, 32), ends)) << 32) |
    (bits(v128.eq<i8>(v128.load(at, 48), ends)) << 48)
  )
}

@inline function membersOf(at: usize, low: v128, high: v128): u64 {
  return (
    bits(members(v128.load(at), low, high)) |
    (bits(members(v128.load(at, 16), low, high)) << 16) |
    (bits(members(v128.load(at, 32), low, high)) << 32) |
    (bits(members(v128.load(at, 48), low, high)) << 48)
  )
}

@inline function bits(lanes: v128): u64 {
  return <u64>(<u32>i8x16.bitmask(lanes))
}

/**
 * Takes the lines that end in a step. Between two ends all bits of `others` are set: a member that is added to them
 * carries over into the end, and so does a line that was held before.
 */
@inline function takeLines(at: usize, ends: u64, found: u64, inverted: bool): void {
  const others = ~ends
  const added = others + found
  const carried = added + isHeld
  isHeld = (added < found ? 1 : 0) | (carried < added ? 1 : 0)
  const held = inverted ? ends & ~carried : ends & carried
  count += <u32>popcnt(held)
  if (output) dropLines(at, ends, ends & ~held)
  if (ends) lineStart = at + 64 - <usize>clz(ends)
}

/** Copies what stands between the lines that end at the bits of `dropped`. */
@inline function dropLines(at: usize, ends: u64, dropped: u64): void {
  for (; dropped; dropped &= dropped - 1) {
    const end = ctz(dropped)
    const before = ends & (((<u64>1) << end) - 1)
    const start = before ? at + 64 - <usize>clz(before) : lineStart
    if (start > pending) output = copyBytes(output, pending, start)
    pending = at + <usize>end + 1
  }
}
