// Byte searches that look at sixteen bytes a step.

/** How often `byte` stands in [from, to). */
export function countByte(from: usize, to: usize, byte: u32): u32 {
  const wanted = i8x16.splat(<i8>byte)
  let count: u32 = 0
  let at = from
  while (at + 16 <= to) {
    // Each lane counts up to 255 matches before it is added up, so the sum is rare.
    let lanes = i8x16.splat(0)
    const stop = min<usize>(to - 15, at + 255 * 16)
    while (at < stop) {
      lanes = v128.sub<i8>(lanes, v128.eq<i8>(v128.load(at), wanted))
      at += 16
    }
    const pairs = i16x8.extadd_pairwise_i8x16_u(lanes)
    const quads = i32x4.extadd_pairwise_i16x8_u(pairs)
    count +=
      i32x4.extract_lane(quads, 0) +
      i32x4.extract_lane(quads, 1) +
      i32x4.extract_lane(quads, 2) +
      i32x4.extract_lane(quads, 3)
  }
  for (; at < to; at++) if (load<u8>(at) == byte) count++
  return count
}

/** The address of the first `byte` in [from, to), or `to`. */
export function findByte(from: usize, to: usize, byte: u32): usize {
  const wanted = i8x16.splat(<i8>byte)
  let at = from
  while (at + 16 <= to) {
    const mask = i8x16.bitmask(v128.eq<i8>(v128.load(at), wanted))
    if (mask) return at + ctz(mask)
    at += 16
  }
  for (; at < to; at++) if (load<u8>(at) == byte) return at
  return to
}

/** As `findByte`, for a byte that is likely to be near: no call then. */
@inline export function findNearByte(from: usize, to: usize, byte: u32): usize {
  if (from + 16 <= to) {
    const mask = i8x16.bitmask(v128.eq<i8>(v128.load(from), i8x16.splat(<i8>byte)))
    if (mask) return from + <usize>ctz(mask)
  }
  return findByte(from, to, byte)
}

/** The address of the last `byte` in [from, to), or `from - 1`. */
export function findLastByte(from: usize, to: usize, byte: u32): usize {
  const wanted = i8x16.splat(<i8>byte)
  let at = to
  while (at >= from + 16) {
    const mask = i8x16.bitmask(v128.eq<i8>(v128.load(at - 16), wanted))
    if (mask) return at + 15 - clz(mask)
    at -= 16
  }
  while (at > from) {
    at--
    if (load<u8>(at) == byte) return at
  }
  return from - 1
}
