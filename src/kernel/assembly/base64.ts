import { copyBytes } from './bytes'

// Base64 by the alphabet of RFC 4648 section 4, sixteen characters a step.

/** Where bytes that do not fill a step are put. */
const scratch = memory.data(32, 16)

/** Writes the characters for [from, to), whose length is a multiple of 3; returns their end. Up to 15 bytes behind it are written too. */
export function encodeBase64(from: usize, to: usize, out: usize): usize {
  let at = from
  for (; at + 16 <= to; at += 12) {
    v128.store(out, encoded(v128.load(at)))
    out += 16
  }
  for (; at < to; at += 12) {
    const count = min<usize>(12, to - at)
    memory.copy(scratch, at, count)
    v128.store(out, encoded(v128.load(scratch)))
    out += (count / 3) * 4
  }
  return out
}

/** The sixteen characters for the first twelve bytes. */
@inline function encoded(bytes: v128): v128 {
  // Three bytes become a number of 24 bits, and that four numbers of 6 bits, the highest first.
  const numbers = i8x16.swizzle(bytes, i8x16(2, 1, 0, -1, 5, 4, 3, -1, 8, 7, 6, -1, 11, 10, 9, -1))
  const values = v128.or(
    v128.or(
      v128.and(i32x4.shr_u(numbers, 18), i32x4.splat(0x3f)),
      v128.and(i32x4.shr_u(numbers, 4), i32x4.splat(0x3f00)),
    ),
    v128.or(
      v128.and(i32x4.shl(numbers, 10), i32x4.splat(0x3f0000)),
      v128.and(i32x4.shl(numbers, 24), i32x4.splat(0x3f000000)),
    ),
  )
  // Lower-case letters are in class 0, digits in 1 to 10, '+' in 11, '/' in 12, capitals in 13.
  const isCapital = i8x16.lt_s(values, i8x16.splat(26))
  const classes = v128.or(i8x16.sub_sat_u(values, i8x16.splat(51)), v128.and(isCapital, i8x16.splat(13)))
  const shifts = i8x16.swizzle(i8x16(71, -4, -4, -4, -4, -4, -4, -4, -4, -4, -4, -19, -16, 65, 0, 0), classes)
  return i8x16.add(values, shifts)
}

let stopped: usize = 0

/** Where the last `decodeBase64` stopped reading. */
export function decodeStop(): usize {
  return stopped
}

/**
 * Decodes the whole groups of four characters of [from, to) and returns the end of what was written. It stops
 * before a group that is none, when the bytes that its good characters make are written.
 * Up to 15 bytes behind the result's end are written too.
 */
export function decodeBase64(from: usize, to: usize, out: usize): usize {
  let at = from
  while (at + 4 <= to) {
    for (; at + 16 <= to; at += 16) {
      const values = decoded(v128.load(at))
      if (v128.any_true(i8x16.lt_s(values, i8x16.splat(0)))) break
      v128.store(out, packed(values))
      out += 12
    }
    if (at + 4 > to) break
    // What is left, or a group that is not four values: one group, with the rest of the lanes unused.
    const values = decoded(v128.load32_zero(at))
    v128.store(out, packed(v128.and(values, i8x16.splat(0x3f))))
    const size = groupSize(at, i8x16.bitmask(values) & 15)
    out += size & 3
    if (size & broken) break
    at += 4
  }
  stopped = at
  return out
}

const broken: usize = 4

/** How many bytes a group makes, with `broken` when it is none; `invalid` has a bit for each character that is no value. */
function groupSize(group: usize, invalid: i32): usize {
  if (invalid == 0) return 3
  const valid: usize = ctz(invalid)
  if (valid < 2) return broken
  const padding: u32 = 0x3d
  const isPadded = load<u8>(group, 3) == padding && (valid == 3 || load<u8>(group, 2) == padding)
  return isPadded ? valid - 1 : (valid - 1) | broken
}

/** The value of each character, -1 where it is none. */
@inline function decoded(characters: v128): v128 {
  // The high four bits are the class, but '/' is in class 1, which has no other: each is one range.
  const isSlash = i8x16.eq(characters, i8x16.splat(0x2f))
  const classes = i8x16.add(i8x16.shr_u(characters, 4), isSlash)
  const first = i8x16.swizzle(i8x16(-1, 47, 43, 48, 65, 80, 97, 112, -1, -1, -1, -1, -1, -1, -1, -1), classes)
  const last = i8x16.swizzle(i8x16(0, 47, 43, 57, 79, 90, 111, 122, 0, 0, 0, 0, 0, 0, 0, 0), classes)
  const shifts = i8x16.swizzle(i8x16(0, 16, 19, 4, -65, -65, -71, -71, 0, 0, 0, 0, 0, 0, 0, 0), classes)
  const isValue = v128.and(i8x16.ge_u(characters, first), i8x16.le_u(characters, last))
  return v128.or(i8x16.add(characters, shifts), v128.not(isValue))
}

/** Sixteen values as twelve bytes, with zeros behind them. */
@inline function packed(values: v128): v128 {
  const twelve = v128.or(
    i16x8.shl(v128.and(values, i16x8.splat(0xff)), 6),
    i16x8.shr_u(values, 8),
  )
  const twentyFour = i32x4.dot_i16x8_s(twelve, i32x4.splat(0x00011000))
  return i8x16.swizzle(twentyFour, i8x16(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1))
}

/**
 * Copies [from, to) to `out`, which may overlap it from below, with a newline behind every `width` characters,
 * the first behind `room`; returns the end.
 */
export function wrapText(from: usize, to: usize, out: usize, width: usize, room: usize): usize {
  let at = from
  for (let size = room; to - at >= size; size = width) {
    out = copyBytes(out, at, at + size)
    store<u8>(out++, 0x0a)
    at += size
  }
  return copyBytes(out, at, to)
}
