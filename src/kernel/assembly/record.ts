import { findLastByte } from './scan'

// Finding and turning round records: pieces of a text that a separator ends.

/** The address just behind the `count`-th `byte` in [from, to); 0 when there are fewer. */
export function skipRecords(from: usize, to: usize, byte: u32, count: u32): usize {
  const wanted = i8x16.splat(<i8>byte)
  let left = count
  let at = from
  while (at + 16 <= to) {
    const mask = i8x16.bitmask(v128.eq<i8>(v128.load(at), wanted))
    const here = <u32>popcnt(mask)
    if (here >= left) break
    left -= here
    at += 16
  }
  for (; at < to; at++) if (load<u8>(at) == byte && --left == 0) return at + 1
  return 0
}

/** The address just behind the `count`-th `byte` from the end of [from, to); 0 when there are fewer. */
export function skipRecordsBack(from: usize, to: usize, byte: u32, count: u32): usize {
  const wanted = i8x16.splat(<i8>byte)
  let left = count
  let at = to
  while (at >= from + 16) {
    const mask = i8x16.bitmask(v128.eq<i8>(v128.load(at - 16), wanted))
    const here = <u32>popcnt(mask)
    if (here >= left) break
    left -= here
    at -= 16
  }
  while (at > from) {
    at--
    if (load<u8>(at) == byte && --left == 0) return at + 1
  }
  return 0
}

/**
 * Copies the records of [from, end) to `out`, the last first, as far as their separators are found; each ends with
 * its separator, or begins with it when `before` is set. Separators are looked for at `last` and below.
 * Returns where the bytes that were not copied end.
 */
export function turnRecords(
  from: usize,
  last: usize,
  end: usize,
  separator: usize,
  length: usize,
  before: bool,
  out: usize,
): usize {
  const first = load<u8>(separator)
  let at = last + 1
  while (at > from) {
    at = findLastByte(from, at, first)
    if (at < from) break
    if (length > 1 && memory.compare(at + 1, separator + 1, length - 1) != 0) continue
    const start = before ? at : at + length
    memory.copy(out, start, end - start)
    out += end - start
    end = start
    // Separators do not overlap: the next one ends where this one begins, or before.
    if (at - from < length) break
    at -= length - 1
  }
  return end
}
