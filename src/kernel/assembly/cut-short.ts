import { copyBlocks } from './bytes'
import { DELIMITER, JOINT, JOINT_LENGTH, LINE_END, ONLY_DELIMITED, OPEN, RANGE_COUNT, RANGES } from './cut'
import { firstBits, maskOf, restOf } from './masks'

// `cut` of fields that stay joined as they are, sixty-four bytes a step: for short lines, of which a step has several.

// Where a line is.
const BEFORE: u32 = 0 // in fields that must be counted
const TO_END: u32 = 1 // in a range that goes on to its end
const BEHIND: u32 = 2 // behind all ranges, which are written

/** As `cutRanges` (cut-ranges.ts), which calls it. */
export function cutShort(from: usize, to: usize, out: usize, plan: usize): usize {
  const lineEnd = load<u32>(plan, LINE_END)
  const delimiters = i8x16.splat(<i8>load<u32>(plan, DELIMITER))
  const lineEnds = i8x16.splat(<i8>lineEnd)
  const ranges = plan + RANGES
  const rangesEnd = ranges + (<usize>load<u32>(plan, RANGE_COUNT) << 3)
  let range = ranges
  let first = load<u32>(range)
  let last = load<u32>(range, 4)
  let place = BEFORE
  let field: u32 = 1
  let line = from
  let start = from // of the range, once the line has reached it
  for (let at = from; at < to; at += 64) {
    const isWhole = at + 64 <= to
    const bytes = isWhole ? at : restOf(at, to)
    let ends = maskOf(bytes, lineEnds)
    if (!isWhole) ends &= firstBits(to - at)
    if (place == BEHIND && !ends) continue
    let stops = maskOf(bytes, delimiters) | ends
    if (!isWhole) stops &= firstBits(to - at)
    while (true) {
      const next = place == BEFORE ? stops : ends
      if (!next) break
      const here = at + <usize>ctz(next)
      const stop = next & -next
      const behind = ~(stop | (stop - 1))
      stops &= behind
      if (ends & stop) {
        ends &= behind
        if (place != BEHIND) out = endLine(out, plan, line, here, start, field, first, range > ranges)
        range = ranges
        first = load<u32>(range)
        last = load<u32>(range, 4)
        place = BEFORE
        field = 1
        line = here + 1
        start = line
        continue
      }
      if (field == last) {
        if (range > ranges) out = copyJoint(out, plan)
        out = copyBlocks(out, start, here)
        range += 8
        if (range == rangesEnd) {
          store<u8>(out++, <u8>lineEnd)
          place = BEHIND
          continue
        }
        first = load<u32>(range)
        last = load<u32>(range, 4)
      }
      if (++field == first) {
        start = here + 1
        if (last == OPEN) place = TO_END
      }
    }
  }
  if (line < to && place != BEHIND) out = endLine(out, plan, line, to, start, field, first, range > ranges)
  return out
}

/** Writes what is still wanted of a line that ends within a range, or before it. */
@inline function endLine(
  out: usize,
  plan: usize,
  line: usize,
  end: usize,
  start: usize,
  field: u32,
  first: u32,
  isJoined: bool,
): usize {
  if (field == 1) {
    // It has no delimiter.
    if (load<u32>(plan, ONLY_DELIMITED)) return out
    out = copyBlocks(out, line, end)
  } else if (field >= first) {
    if (isJoined) out = copyJoint(out, plan)
    out = copyBlocks(out, start, end)
  }
  store<u8>(out, <u8>load<u32>(plan, LINE_END))
  return out + 1
}

@inline function copyJoint(out: usize, plan: usize): usize {
  const joint = <usize>load<u32>(plan, JOINT)
  return copyBlocks(out, joint, joint + load<u32>(plan, JOINT_LENGTH))
}
