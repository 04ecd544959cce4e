import { copyBytes } from './bytes'
import { findByte } from './scan'

// What `cut` keeps of each line. A plan is 32-bit words: the delimiter, the byte that ends a line, whether lines
// without the delimiter are left out, the output delimiter's address and length, the number of ranges, and the
// ranges: first and last place, counted from 1, in order and apart. src/tools/lines/cut/plan.ts makes it.

export const DELIMITER: usize = 0
export const LINE_END: usize = 4
export const ONLY_DELIMITED: usize = 8
export const JOINT: usize = 12
export const JOINT_LENGTH: usize = 16
export const RANGE_COUNT: usize = 20
export const RANGES: usize = 24
export const OPEN: u32 = 0xffffffff // the last place of a range without end

/**
 * Writes the plan's fields of the lines in [from, to) to `out`, which has room for one byte more than they are, and
 * for what a longer output delimiter adds. Every line written ends with the line end. Returns the end of the output.
 */
export function cutFields(from: usize, to: usize, out: usize, plan: usize): usize {
  const delimiter = load<u32>(plan, DELIMITER)
  const lineEnd = load<u32>(plan, LINE_END)
  const joint = <usize>load<u32>(plan, JOINT)
  const jointLength = <usize>load<u32>(plan, JOINT_LENGTH)
  const rangesEnd = plan + RANGES + (<usize>load<u32>(plan, RANGE_COUNT) << 3)

  for (let line = from; line < to;) {
    let start = line
    let end = findEither(start, to, delimiter, lineEnd)
    let isLast = end == to || load<u8>(end) == lineEnd
    if (isLast) {
      if (!load<u32>(plan, ONLY_DELIMITED)) {
        out = copyBytes(out, start, end)
        store<u8>(out++, <u8>lineEnd)
      }
      line = end + 1
      continue
    }
    let field: u32 = 1
    let isJoined = false
    for (let range = plan + RANGES; range < rangesEnd; range += 8) {
      const first = load<u32>(range)
      const last = load<u32>(range, 4)
      while (field < first && !isLast) {
        start = end + 1
        end = findEither(start, to, delimiter, lineEnd)
        isLast = end == to || load<u8>(end) == lineEnd
        field++
      }
      if (field < first) break
      while (true) {
        if (isJoined) out = copyBytes(out, joint, joint + jointLength)
        isJoined = true
        out = copyBytes(out, start, end)
        if (field >= last || isLast) break
        start = end + 1
        end = findEither(start, to, delimiter, lineEnd)
        isLast = end == to || load<u8>(end) == lineEnd
        field++
      }
    }
    store<u8>(out++, <u8>lineEnd)
    line = (isLast ? end : findByte(end, to, lineEnd)) + 1
  }
  return out
}

/** As `cutFields`, with bytes for fields; the output delimiter stands between ranges. */
export function cutBytes(from: usize, to: usize, out: usize, plan: usize): usize {
  const lineEnd = load<u32>(plan, LINE_END)
  const joint = <usize>load<u32>(plan, JOINT)
  const jointLength = <usize>load<u32>(plan, JOINT_LENGTH)
  const rangesEnd = plan + RANGES + (<usize>load<u32>(plan, RANGE_COUNT) << 3)

  for (let line = from; line < to;) {
    const end = findByte(line, to, lineEnd)
    const length = <u32>(end - line)
    for (let range = plan + RANGES; range < rangesEnd; range += 8) {
      const first = load<u32>(range)
      if (first > length) break
      if (jointLength && range > plan + RANGES) out = copyBytes(out, joint, joint + jointLength)
      out = copyBytes(out, line + first - 1, line + min(load<u32>(range, 4), length))
    }
    store<u8>(out++, <u8>lineEnd)
    line = end + 1
  }
  return out
}

/** The address of the first `one` or `other` in [from, to), or `to`. */
@inline function findEither(from: usize, to: usize, one: u32, other: u32): usize {
  const ones = i8x16.splat(<i8>one)
  const others = i8x16.splat(<i8>other)
  let at = from
  while (at + 16 <= to) {
    const bytes = v128.load(at)
    const mask = i8x16.bitmask(v128.or(v128.eq<i8>(bytes, ones), v128.eq<i8>(bytes, others)))
    if (mask) return at + <usize>ctz(mask)
    at += 16
  }
  for (; at < to; at++) {
    const byte = <u32>load<u8>(at)
    if (byte == one || byte == other) return at
  }
  return to
}
