import { copyBytes } from './bytes'
import { findByte } from './scan'

// Tabs to spaces and back. The plan is made by src/tools/lines/tabs/plan.ts; its layout, in 64-bit words but where
// it is said otherwise:

const TAB_SIZE: usize = 0 // the distance of tab stops; 0 where they stand in a list
const STOPS: usize = 8 // 32 bits: where the list is
const STOP_COUNT: usize = 12 // 32 bits
const REPEATED_SIZE: usize = 16 // the distance of the stops behind the list, counted from column 0; 0 for none
const STEP_SIZE: usize = 24 // the same, counted from the last stop of the list
const INITIAL_ONLY: usize = 32 // 32 bits: whether only blanks at the beginning of lines are converted
// What goes on from call to call; zero at first.
const STOP_INDEX: usize = 36 // 32 bits: the first stop of the list that may be the next one
const COLUMN: usize = 40
const IS_CONVERTING: usize = 48 // 32 bits; 1 at first
const WRITTEN: usize = 52 // 32 bits, set by each call: the end of the output
const SPACES: usize = 56 // to be written: for expand before all else, for unexpand unless a tab can stand for them
const FOLLOWS_BLANK: usize = 64 // 32 bits; 1 at first
const HAS_BLANK_AT_STOP: usize = 68 // 32 bits: whether one of the spaces is a lone blank just before a tab stop

const NO_STOP: u64 = u64.MAX_VALUE

/**
 * Writes [from, to) with spaces for tabs into [out, outEnd), as far as there is room; returns the address of what is
 * left. Spaces that are still to be written are in the plan.
 */
export function expandTabs(from: usize, to: usize, out: usize, outEnd: usize, plan: usize): usize {
  const initialOnly = load<u32>(plan, INITIAL_ONLY) != 0
  let column = load<u64>(plan, COLUMN)
  let isConverting = load<u32>(plan, IS_CONVERTING) != 0
  let spaces = load<u64>(plan, SPACES)
  let at = from
  while (true) {
    const fitting = min<u64>(spaces, <u64>(outEnd - out))
    if (fitting < 16 && outEnd - out >= 16) {
      v128.store(out, i8x16.splat(0x20))
    } else memory.fill(out, 0x20, <usize>fitting)
    out += <usize>fitting
    spaces -= fitting
    if (spaces || at == to || out == outEnd) break

    const limit = at + min(to - at, outEnd - out)
    let isPlain = !isConverting || !initialOnly
    while (isPlain && at + 16 <= limit) {
      const bytes = v128.load(at)
      v128.store(out, bytes)
      const mask = isConverting ? specials(bytes, false) : newlines(bytes)
      const plain = mask ? <usize>ctz(mask) : 16
      at += plain
      out += plain
      column += plain
      isPlain = !mask
    }
    if (isPlain) {
      const end = isConverting ? plainEnd(at, limit, false) : findByte(at, limit, 0x0a)
      out = copyBytes(out, at, end)
      column += end - at
      at = end
    }
    if (at == limit) continue
    const byte = load<u8>(at++)
    if (byte == 0x09 && isConverting) {
      const stop = nextStop(plan, column)
      const next = stop == NO_STOP ? column + 1 : stop
      spaces = next - column
      column = next
      continue
    }
    store<u8>(out++, byte)
    if (byte == 0x0a) {
      column = 0
      isConverting = true
      store<u32>(plan, 0, STOP_INDEX)
    } else if (byte == 0x08) {
      if (column) column--
      stepBack(plan)
      if (initialOnly) isConverting = false
    } else {
      column++
      if (initialOnly && byte != 0x20) isConverting = false
    }
  }
  store<u64>(plan, column, COLUMN)
  store<u32>(plan, isConverting ? 1 : 0, IS_CONVERTING)
  store<u64>(plan, spaces, SPACES)
  store<u32>(plan, <u32>out, WRITTEN)
  return at
}

/**
 * Writes [from, to) with tabs for blanks into [out, outEnd), as far as there is room; returns the address of what is
 * left. Spaces that may become a tab are in the plan: the room must be more than they take.
 */
export function unexpandBlanks(from: usize, to: usize, out: usize, outEnd: usize, plan: usize): usize {
  const initialOnly = load<u32>(plan, INITIAL_ONLY) != 0
  let column = load<u64>(plan, COLUMN)
  let isConverting = load<u32>(plan, IS_CONVERTING) != 0
  let followsBlank = load<u32>(plan, FOLLOWS_BLANK) != 0
  let at = from
  while (at < to) {
    const room = <u64>(outEnd - out)
    if (room < load<u64>(plan, SPACES) + 2) break
    if (!isConverting || !load<u64>(plan, SPACES)) {
      const limit = at + min(to - at, outEnd - out - 1)
      const start = at
      let isPlain = !isConverting || !initialOnly
      while (isPlain && at + 16 <= limit) {
        const bytes = v128.load(at)
        v128.store(out, bytes)
        const mask = isConverting ? specials(bytes, true) : newlines(bytes)
        const plain = mask ? <usize>ctz(mask) : 16
        at += plain
        out += plain
        isPlain = !mask
      }
      if (isPlain) {
        const end = isConverting ? plainEnd(at, limit, true) : findByte(at, limit, 0x0a)
        out = copyBytes(out, at, end)
        at = end
      }
      if (at > start) {
        column += at - start
        followsBlank = false
        if (at == limit) continue
      }
    }
    const byte = load<u8>(at++)
    const isBlank = byte == 0x20 || byte == 0x09
    if (isConverting && isBlank) {
      const stop = nextStop(plan, column)
      if (stop != NO_STOP) {
        const completes = byte == 0x09 || (followsBlank && column + 1 == stop)
        column = byte == 0x09 ? stop : column + 1
        if (completes) {
          if (load<u32>(plan, HAS_BLANK_AT_STOP)) store<u8>(out++, 0x09)
          store<u8>(out++, 0x09)
          forgetSpaces(plan)
        } else {
          if (column == stop) store<u32>(plan, 1, HAS_BLANK_AT_STOP)
          store<u64>(plan, load<u64>(plan, SPACES) + 1, SPACES)
        }
        followsBlank = true
        continue
      }
      isConverting = false
    } else if (isConverting && byte == 0x08) {
      if (column) column--
      stepBack(plan)
    } else column++
    out = writeSpaces(out, plan)
    store<u8>(out++, byte)
    if (byte == 0x0a) {
      column = 0
      isConverting = true
      followsBlank = true
      store<u32>(plan, 0, STOP_INDEX)
    } else {
      followsBlank = isBlank
      if (initialOnly && !isBlank) isConverting = false
    }
  }
  store<u64>(plan, column, COLUMN)
  store<u32>(plan, isConverting ? 1 : 0, IS_CONVERTING)
  store<u32>(plan, followsBlank ? 1 : 0, FOLLOWS_BLANK)
  store<u32>(plan, <u32>out, WRITTEN)
  return at
}

/** Writes the spaces that no tab stands for, with a tab for a first one that was alone before its stop. */
export function writeSpaces(out: usize, plan: usize): usize {
  const spaces = <usize>load<u64>(plan, SPACES)
  if (!spaces) return out
  memory.fill(out, 0x20, spaces)
  if (spaces > 1 && load<u32>(plan, HAS_BLANK_AT_STOP)) store<u8>(out, 0x09)
  forgetSpaces(plan)
  return out + spaces
}

function forgetSpaces(plan: usize): void {
  store<u64>(plan, 0, SPACES)
  store<u32>(plan, 0, HAS_BLANK_AT_STOP)
}

/** The first tab stop behind `column`; NO_STOP behind the last one. */
function nextStop(plan: usize, column: u64): u64 {
  const size = load<u64>(plan, TAB_SIZE)
  if (size) return column + size - remainder(column, size)
  const stops = <usize>load<u32>(plan, STOPS)
  const count = load<u32>(plan, STOP_COUNT)
  let index = load<u32>(plan, STOP_INDEX)
  while (index < count && load<u64>(stops + ((<usize>index) << 3)) <= column) index++
  store<u32>(plan, index, STOP_INDEX)
  if (index < count) return load<u64>(stops + ((<usize>index) << 3))
  const repeated = load<u64>(plan, REPEATED_SIZE)
  if (repeated) return column + repeated - remainder(column, repeated)
  const step = load<u64>(plan, STEP_SIZE)
  if (step) return column + step - ((column - load<u64>(stops + ((<usize>count - 1) << 3))) % step)
  return NO_STOP
}

/** Short divisions are much faster than long ones. */
@inline function remainder(value: u64, size: u64): u64 {
  return (value | size) >> 32 ? value % size : <u64>(<u32>value % <u32>size)
}

/** After a backspace, the stop before may be the next one again. */
function stepBack(plan: usize): void {
  const index = load<u32>(plan, STOP_INDEX)
  if (index) store<u32>(plan, index - 1, STOP_INDEX)
}

/** Where the bytes that take one column end: at a tab, a backspace, a newline, and a space if it counts. */
@inline function plainEnd(from: usize, to: usize, spaceCounts: bool): usize {
  let at = from
  while (at + 16 <= to) {
    const mask = specials(v128.load(at), spaceCounts)
    if (mask) return at + <usize>ctz(mask)
    at += 16
  }
  for (; at < to; at++) {
    const byte = <u32>load<u8>(at)
    if (byte - 8 < 3 || (spaceCounts && byte == 0x20)) break
  }
  return at
}

/** A bit for each newline. */
@inline function newlines(bytes: v128): i32 {
  return i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(0x0a)))
}

/** A bit for each byte that does not simply take one column, and for each space if it counts. */
@inline function specials(bytes: v128, spaceCounts: bool): i32 {
  // Tab, newline and backspace are the bytes 8 to 10.
  let special = v128.lt<u8>(i8x16.sub(bytes, i8x16.splat(8)), i8x16.splat(3))
  if (spaceCounts) special = v128.or(special, v128.eq<i8>(bytes, i8x16.splat(0x20)))
  return i8x16.bitmask(special)
}
