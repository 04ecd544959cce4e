import { compareBytes, copyBlocks } from './bytes'
import { findNearByte } from './scan'

// What `comm` writes of two sorted files. src/tools/lines/comm/plan.ts makes the plan; its layout, in 32-bit words:

const LINE_END: usize = 0
const SHOWN: usize = 4 // the columns that are written: 1, 2, 4
const SEPARATOR: usize = 8 // what stands between columns: its address and length
const SEPARATOR_LENGTH: usize = 12
const CHECK: usize = 16 // when the order of lines matters, see below
// What goes on from call to call; zero at first.
const IS_UNPAIRED: usize = 20 // whether a line without its like has been seen
const SETTLED: usize = 24 // the sides whose line stays as it is: 1, 2
const WRITTEN: usize = 28 // set by each call: the end of the output
const COUNTS: usize = 32 // the lines of each column, 64 bits each
const SIDES: usize = 56

// A side's line and what is known of the lines behind it. All lines in memory end with the line end.
const SIDE_SIZE: usize = 24
const LINE: usize = 0
const NEXT: usize = 4 // where the next line begins
const END: usize = 8 // where the lines that were read end
const IS_LAST: usize = 12 // whether no more can be read
const HAS_LINE: usize = 16
const ORDER: usize = 20 // see below

const CHECK_ALWAYS: u32 = 1
const CHECK_UNPAIRED: u32 = 2

const IN_ORDER: u32 = 0
const DISORDERED: u32 = 1 // the line stands before the one it follows
const REPORTED: u32 = 2

/** What a call of `writeColumns` ends with: it wants lines, reports disorder (plus the side, 0 or 1), or is done. */
const WANTS_LINES: u32 = 0
const FOUND_DISORDER: u32 = 2
const IS_FULL: u32 = 4
const IS_DONE: u32 = 5

/** Writes the columns of the lines that both sides have into [out, outEnd), and says why it stopped. */
export function writeColumns(out: usize, outEnd: usize, plan: usize): u32 {
  const lineEnd = load<u32>(plan, LINE_END)
  const shown = load<u32>(plan, SHOWN)
  const separator = <usize>load<u32>(plan, SEPARATOR)
  const separatorLength = <usize>load<u32>(plan, SEPARATOR_LENGTH)
  const isChecking = load<u32>(plan, CHECK) != 0
  const one = plan + SIDES
  const other = one + SIDE_SIZE
  store<u32>(plan, <u32>out, WRITTEN)
  while (true) {
    for (let number: u32 = 0; number < 2; number++) {
      const side = number ? other : one
      if (load<u32>(plan, SETTLED) & (1 << number)) continue
      const isUsedUp = load<u32>(side, NEXT) == load<u32>(side, END)
      if (isUsedUp && !load<u32>(side, IS_LAST)) return WANTS_LINES + number
      store<u32>(plan, load<u32>(plan, SETTLED) | (1 << number), SETTLED)
      step(side, lineEnd, isChecking)
      if (load<u32>(side, ORDER) == DISORDERED && isChecked(plan)) {
        store<u32>(side, REPORTED, ORDER)
        return FOUND_DISORDER + number
      }
    }
    const hasOne = load<u32>(one, HAS_LINE)
    const hasOther = load<u32>(other, HAS_LINE)
    if (!hasOne && !hasOther) return IS_DONE
    let order: i32
    if (!hasOne) order = 1
    else if (!hasOther) order = -1
    else order = compareSides(one, other)

    const column: u32 = order < 0 ? 0 : order > 0 ? 1 : 2
    const line = <usize>load<u32>(order > 0 ? other : one, LINE)
    const next = <usize>load<u32>(order > 0 ? other : one, NEXT)
    if (shown & (1 << column)) {
      if (outEnd - out < next - line + 2 * separatorLength) return IS_FULL
      for (let before: u32 = 0; before < column; before++)
        if (shown & (1 << before)) out = copyBlocks(out, separator, separator + separatorLength)
      out = copyBlocks(out, line, next)
      store<u32>(plan, <u32>out, WRITTEN)
    }
    const count = plan + COUNTS + ((<usize>column) << 3)
    store<u64>(count, load<u64>(count) + 1)
    if (order) store<u32>(plan, 1, IS_UNPAIRED)
    store<u32>(plan, order < 0 ? 2 : order > 0 ? 1 : 0, SETTLED)
  }
}

/** Goes to a side's next line, or behind its last one. */
@inline function step(side: usize, lineEnd: u32, isChecking: bool): void {
  const line = <usize>load<u32>(side, LINE)
  const next = <usize>load<u32>(side, NEXT)
  const end = <usize>load<u32>(side, END)
  if (next == end) {
    store<u32>(side, 0, HAS_LINE)
    return
  }
  const stop = findNearByte(next, end, lineEnd)
  if (isChecking && load<u32>(side, HAS_LINE) && load<u32>(side, ORDER) != REPORTED)
    store<u32>(side, compareBytes(line, next - 1, next, stop, false) > 0 ? DISORDERED : IN_ORDER, ORDER)
  store<u32>(side, <u32>next, LINE)
  store<u32>(side, <u32>stop + 1, NEXT)
  store<u32>(side, 1, HAS_LINE)
}

function isChecked(plan: usize): bool {
  const check = load<u32>(plan, CHECK)
  return check == CHECK_ALWAYS || (check == CHECK_UNPAIRED && load<u32>(plan, IS_UNPAIRED) != 0)
}

@inline function compareSides(one: usize, other: usize): i32 {
  return compareBytes(
    <usize>load<u32>(one, LINE),
    <usize>load<u32>(one, NEXT) - 1,
    <usize>load<u32>(other, LINE),
    <usize>load<u32>(other, NEXT) - 1,
    false,
  )
}
