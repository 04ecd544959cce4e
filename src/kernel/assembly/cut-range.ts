import { copyBytes } from './bytes'
import { DELIMITER, LINE_END, ONLY_DELIMITED, RANGES, OPEN } from './cut'
import { firstBits, maskOf, restOf } from './masks'

// `cut` of fields that stand together, sixty-four bytes a step.

// Where a line is.
const BEFORE: u32 = 0 // in its first fields, or those that are wanted
const TO_END: u32 = 1 // in a range that goes on to its end
const BEHIND: u32 = 2 // behind the range, which is written

/** As `cutFields`, for a plan of one range in which fields stay joined as they are. */
export function cutRange(from: usize, to: usize, out: usize, plan: usize): usize {
  const lineEnd = load<u32>(plan, LINE_END)
  const delimiters = i8x16.splat(<i8>load<u32>(plan, DELIMITER))
  const lineEnds = i8x16.splat(<i8>lineEnd)
  const first = load<u32>(plan, RANGES)
  const last = load<u32>(plan, RANGES + 4)
  let place = BEFORE
  let field: u32 = 1
  let line = from
  let start = from // of the range, once the line has reached it
  for (let at = from; at < to; at += 64) {
    const isWhole = at + 64 <= to
    const bytes = isWhole ? at : restOf(at, to)
    let ends = maskOf(bytes, lineEnds)
    let stops = maskOf(bytes, delimiters) | ends
    if (!isWhole) {
      ends &= firstBits(to - at)
      stops &= firstBits(to - at)
    }
    while (true) {
      const next = place == BEFORE ? stops : ends
      if (!next) break
      const here = at + <usize>ctz(next)
      const stop = next & -next
      const behind = ~(stop | (stop - 1))
      stops &= behind
      if (ends & stop) {
        if (place != BEHIND) out = endLine(out, plan, line, here, field >= first ? start : here, field)
        place = BEFORE
        field = 1
        line = here + 1
        start = line
        ends &= behind
        continue
      }
      if (field == last) {
        out = copyBytes(out, start, here)
        store<u8>(out++, <u8>lineEnd)
        place = BEHIND
      } else if (++field == first) {
        start = here + 1
        if (last == OPEN) place = TO_END
      }
    }
  }
  if (line < to && place != BEHIND) out = endLine(out, plan, line, to, field >= first ? start : to, field)
  return out
}

/** Writes what is wanted of a line that ends in the range, or before it. */
@inline function endLine(out: usize, plan: usize, line: usize, end: usize, start: usize, field: u32): usize {
  if (field == 1) {
    // It has no delimiter.
    if (load<u32>(plan, ONLY_DELIMITED)) return out
    start = line
  }
  out = copyBytes(out, start, end)
  store<u8>(out, <u8>load<u32>(plan, LINE_END))
  return out + 1
}
