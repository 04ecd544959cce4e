import { isMember } from './byteset'

// Where the groups of matches lie, for patterns that tell it from left to right. A program is steps of three words: how
// many bytes to skip, what to do then, and a number; src/kernel/regex/group-scan.ts writes it.

const THEN: usize = 4
const NUMBER: usize = 8
const STEP_BYTES: usize = 12

const SPAN: u32 = 0 // over all bytes of the set at this address
const LEAVE: u32 = 1 // on to so many bytes before the match's end
const NOTE: u32 = 2 // the place, in this slot
const LAST: u32 = 3 // to where the row at this address stands last: its width, and from ROW_SETS on its sets
const ROW_SETS: usize = 16
const SET_SIZE: usize = 32

/**
 * Writes the spans of `count` matches with those of their groups behind them to `out`, as many as fit in `stride` bytes;
 * `spans` has the matches' own, as offsets from `batch`.
 */
export function scanGroups(
  batch: usize,
  spans: usize,
  count: u32,
  program: usize,
  programEnd: usize,
  out: usize,
  stride: usize,
): void {
  for (let index: u32 = 0; index < count; index++) {
    const match = load<u64>(spans)
    store<u64>(out, match)
    const end = batch + <usize>(match >> 32)
    let at = batch + <usize>(<u32>match)
    for (let step = program; step < programEnd; step += STEP_BYTES) {
      const number = <usize>load<u32>(step, NUMBER)
      at += load<u32>(step)
      switch (load<u32>(step, THEN)) {
        case SPAN:
          while (at < end && isMember(number, load<u8>(at))) at++
          break
        case LEAVE:
          at = end - number
          break
        case LAST:
          at = findLastRow(number, at, end)
          break
        default:
          if (number << 2 < stride) store<u32>(out + (number << 2), <u32>(at - batch))
      }
    }
    spans += 8
    out += stride
  }
}

/** Where the last row of [from, to) begins: there is one. */
@inline function findLastRow(row: usize, from: usize, to: usize): usize {
  const width = <usize>load<u32>(row)
  let at = to - width
  while (at > from && !isRow(row + ROW_SETS, at, width)) at--
  return at
}

@inline function isRow(set: usize, at: usize, width: usize): bool {
  for (const end = at + width; at < end; at++, set += SET_SIZE) if (!isMember(set, load<u8>(at))) return false
  return true
}
