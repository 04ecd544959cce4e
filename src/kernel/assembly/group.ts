import {
  commonLength,
  commonLengthIgnoringCase,
  copyBlocks,
  isFieldSeparator,
} from './bytes'
import { findNearByte } from './scan'

// What `uniq` writes of groups: adjacent lines with the same key. src/tools/lines/uniq/plan.ts makes the plan; its
// layout, in 32-bit words:

const LINE_END: usize = 0
const SKIP_FIELDS: usize = 4
const SKIP_BYTES: usize = 8
const CHECK_BYTES: usize = 12
const IGNORE_CASE: usize = 16
const WHOLE_LINE: usize = 20 // the key is the line
const SHOWN: usize = 24 // which lines are written, see below
const COUNTED: usize = 28 // whether a group's first line is written with the group's size
const SEPARATOR: usize = 32 // where empty lines part groups, see below
// What goes on from call to call.
const HELD: usize = 36 // the line that the next one is compared with: its address
const HELD_END: usize = 40
const WRITTEN: usize = 44 // set by each call: the end of the output
const SIZE: usize = 48 // lines of the group so far, 64 bits; zero at first
const HAS_GROUPS: usize = 56 // whether a group has been written

// SHOWN: lines without a second of their kind, the last line of other groups (the first, where one line stands for
// all), the lines before it; each line as soon as it is read.
const UNIQUE: u32 = 1
const ONE_OF_REPEATED: u32 = 2
const REST_OF_REPEATED: u32 = 4
const FIRST_AT_ONCE: u32 = 8
const ALL_AT_ONCE: u32 = 16

const BEFORE_ALL: u32 = 1
const BETWEEN: u32 = 2

/** What a line may add to itself: its group's size, the line end that it lacks, and an empty line. */
const ADDED: usize = 32

/**
 * Looks at the whole lines of [from, to) and writes what is to be written of groups into [out, outEnd). Returns the
 * address of the first line that it did not look at, for want of room.
 */
export function groupLines(from: usize, to: usize, out: usize, outEnd: usize, plan: usize): usize {
  const lineEnd = load<u32>(plan, LINE_END)
  const shown = load<u32>(plan, SHOWN)
  const isWholeLine = load<u32>(plan, WHOLE_LINE)
  let held = <usize>load<u32>(plan, HELD)
  let heldEnd = <usize>load<u32>(plan, HELD_END)
  let size = load<u64>(plan, SIZE)
  let line = from
  while (line < to) {
    let end: usize
    let isSame: bool
    if (isWholeLine && size) {
      // No line end is in what both have in common, so the rest alone is searched for it.
      const heldLength = heldEnd - held
      const common = commonLength(held, line, min(heldLength, to - line))
      end = line + common
      isSame = common == heldLength && (end == to || load<u8>(end) == lineEnd)
      if (!isSame) end = findNearByte(end, to, lineEnd)
    } else {
      end = findNearByte(line, to, lineEnd)
      isSame = size > 0 && isSameKey(plan, held, heldEnd, line, end)
    }
    if (<usize>(outEnd - out) < heldEnd - held + (end - line) + 2 * ADDED) break
    if (isSame) {
      size++
      if (shown & ALL_AT_ONCE) out = writeLine(out, line, end, lineEnd)
      if (shown & REST_OF_REPEATED) {
        if (size == 2) out = separate(out, plan, lineEnd)
        out = writeLine(out, held, heldEnd, lineEnd)
        held = line
        heldEnd = end
      }
    } else {
      out = finishGroup(out, plan, held, heldEnd, size)
      if (shown & ALL_AT_ONCE) out = separate(out, plan, lineEnd)
      if (shown & (FIRST_AT_ONCE | ALL_AT_ONCE)) out = writeLine(out, line, end, lineEnd)
      held = line
      heldEnd = end
      size = 1
    }
    line = end + 1
  }
  store<u32>(plan, <u32>held, HELD)
  store<u32>(plan, <u32>heldEnd, HELD_END)
  store<u64>(plan, size, SIZE)
  store<u32>(plan, <u32>out, WRITTEN)
  return min(line, to)
}

/** Writes what the end of the last group adds; returns the end of the output. */
export function finishGroups(out: usize, plan: usize): usize {
  return finishGroup(
    out,
    plan,
    <usize>load<u32>(plan, HELD),
    <usize>load<u32>(plan, HELD_END),
    load<u64>(plan, SIZE),
  )
}

@inline function finishGroup(out: usize, plan: usize, held: usize, heldEnd: usize, size: u64): usize {
  if (!size || !(load<u32>(plan, SHOWN) & (size == 1 ? UNIQUE : ONE_OF_REPEATED))) return out
  if (load<u32>(plan, COUNTED)) out = writeCount(out, size)
  return writeLine(out, held, heldEnd, load<u32>(plan, LINE_END))
}

/** Writes the empty line that stands before a group. */
function separate(out: usize, plan: usize, lineEnd: u32): usize {
  const separator = load<u32>(plan, SEPARATOR)
  if (separator == BEFORE_ALL || (separator == BETWEEN && load<u32>(plan, HAS_GROUPS)))
    store<u8>(out++, <u8>lineEnd)
  store<u32>(plan, 1, HAS_GROUPS)
  return out
}

@inline function writeLine(out: usize, line: usize, end: usize, lineEnd: u32): usize {
  out = copyBlocks(out, line, end)
  store<u8>(out, <u8>lineEnd)
  return out + 1
}

/** Writes a number to the right of seven columns, and a space. */
function writeCount(out: usize, count: u64): usize {
  let columns: usize = 7
  for (let limit: u64 = 10_000_000; columns < 20 && count >= limit; limit *= 10) columns++
  let at = out + columns
  store<u8>(at, 0x20)
  do {
    store<u8>(--at, <u8>(0x30 + (count % 10)))
    count /= 10
  } while (count)
  while (at > out) store<u8>(--at, 0x20)
  return out + columns + 1
}

function isSameKey(plan: usize, one: usize, oneEnd: usize, other: usize, otherEnd: usize): bool {
  one = keyStart(plan, one, oneEnd)
  other = keyStart(plan, other, otherEnd)
  const checked = <usize>load<u32>(plan, CHECK_BYTES)
  const length = min(oneEnd - one, checked)
  if (length != min(otherEnd - other, checked)) return false
  if (load<u32>(plan, IGNORE_CASE)) return commonLengthIgnoringCase(one, other, length) == length
  return commonLength(one, other, length) == length
}

function keyStart(plan: usize, at: usize, end: usize): usize {
  for (let fields = load<u32>(plan, SKIP_FIELDS); fields && at < end; fields--) {
    while (at < end && isFieldSeparator(load<u8>(at))) at++
    while (at < end && !isFieldSeparator(load<u8>(at))) at++
  }
  return at + min(end - at, <usize>load<u32>(plan, SKIP_BYTES))
}
