import { compareBytes } from './bytes'
import { fieldEnd, fieldStart, findKey, firstField, nextField } from './join-fields'
import {
  ALL_FIELDS,
  CHECK,
  CHECK_ALWAYS,
  CHECK_NEVER,
  CHECK_UNPAIRED,
  COUNTED,
  END,
  FIELD_COUNT,
  GROUP,
  GROUP_KEY,
  GROUP_KEY_END,
  HAS_GROUP,
  HAS_HEADER,
  HAS_LINE,
  HAS_PREVIOUS,
  IGNORE_CASE,
  IS_LAST,
  IS_REPORTED,
  IS_UNPAIRED,
  KEY_FIELD,
  LEFT,
  LINE,
  LINE_END,
  LINE_KEY,
  LINE_KEY_END,
  LINE_NUMBER,
  NEXT,
  PHASE,
  RIGHT,
  SHOWN,
  SIDES,
  SIDE_SIZE,
  TAB,
  UNPAIRED_BEFORE,
  UNPAIRED_NOW,
  WANTED,
  WRITTEN,
} from './join-plan'
import { write } from './join-write'
import { findByte } from './scan'

// The merge of two sorted files that `join` makes.

const STARTING: u32 = 0
const COMPARING: u32 = 1
const GATHERING: u32 = 2 // reading the group of the first side, then of the second
const GATHERING_SECOND: u32 = 3
const PAIRING: u32 = 4
const ENDING: u32 = 5 // a side has ended

/** What a call of `joinLines` ends with: it wants lines, reports disorder (plus the side, 0 or 1), or is done. */
const WANTS_LINES: u32 = 0
const FOUND_DISORDER: u32 = 2
const IS_FULL: u32 = 4
const IS_DONE: u32 = 5

/** Joins the lines that both sides have, writes into [out, outEnd), and says why it stopped. */
export function joinLines(out: usize, outEnd: usize, plan: usize): u32 {
  const one = plan + SIDES
  const other = one + SIDE_SIZE
  while (true) {
    store<u32>(plan, <u32>out, WRITTEN)
    for (let number: u32 = 0; number < 2; number++) {
      if (!(load<u32>(plan, WANTED) & (1 << number))) continue
      const side = number ? other : one
      const isUsedUp = load<u32>(side, NEXT) == load<u32>(side, END)
      if (isUsedUp && !load<u32>(side, IS_LAST)) return WANTS_LINES + number
      store<u32>(plan, load<u32>(plan, WANTED) & ~(1 << number), WANTED)
      if (readLine(plan, side)) return FOUND_DISORDER + number
    }
    if (load<u32>(plan, IS_UNPAIRED)) store<u32>(plan, UNPAIRED_BEFORE, IS_UNPAIRED)

    const phase = load<u32>(plan, PHASE)
    if (phase == COMPARING) out = compare(plan, one, other, out, outEnd)
    else if (phase == GATHERING) gather(plan, one, other)
    else if (phase == GATHERING_SECOND) gather(plan, other, one)
    else if (phase == PAIRING) out = pair(plan, one, other, out, outEnd)
    else if (phase == STARTING) out = start(plan, one, other, out, outEnd)
    else if (isDone(plan, one, other)) return IS_DONE
    else out = writeUnpaired(plan, load<u32>(one, HAS_GROUP) ? 1 : 2, one, other, out, outEnd)
    if (!out) return IS_FULL
  }
}

/** Reads a side's next line; returns whether it is to be reported as standing before the one it follows. */
function readLine(plan: usize, side: usize): bool {
  const phase = load<u32>(plan, PHASE)
  const isGathered = phase == GATHERING || phase == GATHERING_SECOND
  const line = <usize>load<u32>(side, NEXT)
  const end = <usize>load<u32>(side, END)
  if (line == end) {
    store<u32>(side, 0, HAS_LINE)
    if (!isGathered) store<u32>(side, 0, HAS_GROUP)
    return false
  }
  const lineEnd = findByte(line, end, load<u32>(plan, LINE_END))
  findKey(line, lineEnd, load<u32>(plan, TAB), load<u32>(side, KEY_FIELD))
  const isDisordered =
    load<u32>(side, HAS_PREVIOUS) != 0 &&
    isChecked(plan, side) &&
    compareBytes(
      <usize>load<u32>(side, LINE_KEY),
      <usize>load<u32>(side, LINE_KEY_END),
      fieldStart,
      fieldEnd,
      load<u32>(plan, IGNORE_CASE) != 0,
    ) > 0
  if (isDisordered) store<u32>(side, 1, IS_REPORTED)
  store<u32>(side, <u32>line, LINE)
  store<u32>(side, <u32>fieldStart, LINE_KEY)
  store<u32>(side, <u32>fieldEnd, LINE_KEY_END)
  store<u32>(side, <u32>lineEnd + 1, NEXT)
  store<u32>(side, 1, HAS_LINE)
  store<u32>(side, 1, HAS_PREVIOUS)
  store<u64>(side, load<u64>(side, LINE_NUMBER) + 1, LINE_NUMBER)
  if (!isGathered) beginGroup(side)
  return isDisordered
}

/** The line read last is the first of a group. */
function beginGroup(side: usize): void {
  const hasLine = load<u32>(side, HAS_LINE)
  store<u32>(side, hasLine, HAS_GROUP)
  if (!hasLine) return
  store<u32>(side, load<u32>(side, LINE), GROUP)
  store<u32>(side, load<u32>(side, LINE_KEY), GROUP_KEY)
  store<u32>(side, load<u32>(side, LINE_KEY_END), GROUP_KEY_END)
}

function isChecked(plan: usize, side: usize): bool {
  const check = load<u32>(plan, CHECK)
  if (load<u32>(side, IS_REPORTED)) return false
  if (check == CHECK_UNPAIRED) return load<u32>(plan, IS_UNPAIRED) == UNPAIRED_BEFORE
  return check == CHECK_ALWAYS
}

// The phases. Those that write return the end of the output; 0 when it has no room, to be called again.

/** With the first line of each side. */
function start(plan: usize, one: usize, other: usize, out: usize, outEnd: usize): usize {
  const hasOne = load<u32>(one, HAS_LINE)
  const hasOther = load<u32>(other, HAS_LINE)
  const isCounted = load<u32>(plan, COUNTED)
  store<u32>(one, isCounted ? countFields(plan, one) : ALL_FIELDS, FIELD_COUNT)
  store<u32>(other, isCounted ? countFields(plan, other) : ALL_FIELDS, FIELD_COUNT)
  if (load<u32>(plan, HAS_HEADER) && (hasOne || hasOther)) {
    out = write(
      plan,
      hasOne ? <usize>load<u32>(one, LINE) : 0,
      <usize>load<u32>(one, NEXT) - 1,
      hasOther ? <usize>load<u32>(other, LINE) : 0,
      <usize>load<u32>(other, NEXT) - 1,
      out,
      outEnd,
    )
    if (!out) return 0
    store<u32>(one, 0, HAS_PREVIOUS)
    store<u32>(other, 0, HAS_PREVIOUS)
    store<u32>(plan, hasOne | (hasOther << 1), WANTED)
  }
  store<u32>(plan, COMPARING, PHASE)
  return out
}

function countFields(plan: usize, side: usize): u32 {
  const tab = load<u32>(plan, TAB)
  const end = <usize>load<u32>(side, NEXT) - 1
  if (!load<u32>(side, HAS_LINE) || !firstField(<usize>load<u32>(side, LINE), end, tab)) return 0
  let count: u32 = 1
  while (nextField(end, tab)) count++
  return count
}

function compare(plan: usize, one: usize, other: usize, out: usize, outEnd: usize): usize {
  if (!load<u32>(one, HAS_GROUP) || !load<u32>(other, HAS_GROUP)) {
    store<u32>(plan, ENDING, PHASE)
    return out
  }
  const order = compareKeys(plan, one, GROUP_KEY, other)
  if (order) {
    out = writeUnpaired(plan, order < 0 ? 1 : 2, one, other, out, outEnd)
    if (out) store<u32>(plan, max(load<u32>(plan, IS_UNPAIRED), UNPAIRED_NOW), IS_UNPAIRED)
    return out
  }
  store<u32>(plan, GATHERING, PHASE)
  store<u32>(plan, 1, WANTED)
  return out
}

/** Reads on while the side's lines have the key of the other side's group. */
function gather(plan: usize, side: usize, other: usize): void {
  const isSecond = load<u32>(plan, PHASE) == GATHERING_SECOND
  if (load<u32>(side, HAS_LINE) && compareKeys(plan, side, LINE_KEY, other) == 0) {
    store<u32>(plan, isSecond ? 2 : 1, WANTED)
  } else if (isSecond) {
    store<u32>(plan, load<u32>(other, GROUP), LEFT)
    store<u32>(plan, load<u32>(side, GROUP), RIGHT)
    store<u32>(plan, PAIRING, PHASE)
  } else {
    store<u32>(plan, 2, WANTED)
    store<u32>(plan, GATHERING_SECOND, PHASE)
  }
}

/** Writes each line of one group with each line of the other. */
function pair(plan: usize, one: usize, other: usize, out: usize, outEnd: usize): usize {
  const lineEnd = load<u32>(plan, LINE_END)
  const leftEnd = groupEnd(one)
  const rightEnd = groupEnd(other)
  if (load<u32>(plan, SHOWN) & 4) {
    let left = <usize>load<u32>(plan, LEFT)
    let right = <usize>load<u32>(plan, RIGHT)
    while (left < leftEnd) {
      const leftStop = findByte(left, leftEnd, lineEnd)
      while (right < rightEnd) {
        const rightStop = findByte(right, rightEnd, lineEnd)
        const written = write(plan, left, leftStop, right, rightStop, out, outEnd)
        if (!written) {
          store<u32>(plan, <u32>left, LEFT)
          store<u32>(plan, <u32>right, RIGHT)
          store<u32>(plan, <u32>out, WRITTEN)
          return 0
        }
        out = written
        right = rightStop + 1
      }
      left = leftStop + 1
      right = <usize>load<u32>(other, GROUP)
    }
  }
  beginGroup(one)
  beginGroup(other)
  store<u32>(plan, COMPARING, PHASE)
  return out
}

@inline function groupEnd(side: usize): usize {
  return load<u32>(side, HAS_LINE) ? <usize>load<u32>(side, LINE) : <usize>load<u32>(side, NEXT)
}

/** Whether the lines of the side that has any are neither to be written nor to be checked. */
function isDone(plan: usize, one: usize, other: usize): bool {
  const hasOne = load<u32>(one, HAS_GROUP)
  if (!hasOne && !load<u32>(other, HAS_GROUP)) return true
  if (load<u32>(plan, SHOWN) & (hasOne ? 1 : 2)) return false
  return load<u32>(plan, CHECK) == CHECK_NEVER || load<u32>(hasOne ? one : other, IS_REPORTED) != 0
}

/** Writes the line of side 1 or 2 by itself, if such lines are shown, and asks for the next. */
function writeUnpaired(plan: usize, number: u32, one: usize, other: usize, out: usize, outEnd: usize): usize {
  const isOne = number == 1
  const side = isOne ? one : other
  if (load<u32>(plan, SHOWN) & number) {
    const line = <usize>load<u32>(side, LINE)
    const end = <usize>load<u32>(side, NEXT) - 1
    out = write(plan, isOne ? line : 0, end, isOne ? 0 : line, end, out, outEnd)
    if (!out) return 0
  }
  store<u32>(plan, number, WANTED)
  return out
}

/** Compares a key of one side, its group's or its line's, with the key of the other side's group. */
@inline function compareKeys(plan: usize, side: usize, key: usize, other: usize): i32 {
  return compareBytes(
    <usize>load<u32>(side + key),
    <usize>load<u32>(side + key + 4),
    <usize>load<u32>(other, GROUP_KEY),
    <usize>load<u32>(other, GROUP_KEY_END),
    load<u32>(plan, IGNORE_CASE) != 0,
  )
}
