// Searches, sixteen bytes a step, for places where a regular expression may match.

// A prefilter: what it is, in words, then its data.
const KIND: usize = 0
export const PREFILTER_IS_EXACT: usize = 4 // a candidate is a match
const REACH: usize = 8 // the most bytes between the beginning of a match and its first candidate
const DATA: usize = 16

const STRING: u32 = 1

/** The address of the first candidate in [at, to), or `to`. */
export function findCandidate(prefilter: usize, at: usize, to: usize): usize {
  return load<u32>(prefilter, KIND) == STRING
    ? findString(prefilter + DATA, at, to)
    : findSets(prefilter + DATA, at, to)
}

/** Where a match may begin, not before `from`, when the first candidate behind that is `hit`. */
@inline export function earliestStart(prefilter: usize, from: usize, hit: usize): usize {
  const reach = <usize>load<u32>(prefilter, REACH)
  return reach > hit - from ? from : hit - reach
}

// A string: its length, the offsets of its two rarest bytes, and from STRING_BYTES on the bytes, then as many folds: the
// bits that do not count, as that between the cases of a letter, are set in a byte's fold, and in the byte.
const LENGTH: usize = 0
const RARE: usize = 4
const NEXT_RARE: usize = 8
const STRING_BYTES: usize = 12

function findString(data: usize, at: usize, to: usize): usize {
  const length = <usize>load<u32>(data, LENGTH)
  if (to - at < length) return to
  const string = data + STRING_BYTES
  const folds = string + length
  const rare = <usize>load<u32>(data, RARE)
  const first = i8x16.splat(load<i8>(string + rare))
  const firstFold = i8x16.splat(load<i8>(folds + rare))
  const nextRare = <usize>load<u32>(data, NEXT_RARE)
  const second = i8x16.splat(load<i8>(string + nextRare))
  const secondFold = i8x16.splat(load<i8>(folds + nextRare))
  const behindLast = to - length + 1
  while (at + 64 <= behindLast) {
    const one = at + rare
    const other = at + nextRare
    const a = v128.and(areFolded(one, firstFold, first), areFolded(other, secondFold, second))
    const b = v128.and(areFolded(one + 16, firstFold, first), areFolded(other + 16, secondFold, second))
    const c = v128.and(areFolded(one + 32, firstFold, first), areFolded(other + 32, secondFold, second))
    const d = v128.and(areFolded(one + 48, firstFold, first), areFolded(other + 48, secondFold, second))
    if (v128.any_true(v128.or(v128.or(a, b), v128.or(c, d)))) {
      let mask =
        <u64>i8x16.bitmask(a) |
        (<u64>i8x16.bitmask(b) << 16) |
        (<u64>i8x16.bitmask(c) << 32) |
        (<u64>i8x16.bitmask(d) << 48)
      while (mask) {
        const hit = at + <usize>ctz(mask)
        if (isString(hit, string, folds, length)) return hit
        mask &= mask - 1
      }
    }
    at += 64
  }
  for (; at < behindLast; at += 16) {
    const found = v128.and(areFolded(at + rare, firstFold, first), areFolded(at + nextRare, secondFold, second))
    let mask = i8x16.bitmask(found)
    if (at + 16 > behindLast) mask &= (1 << <i32>(behindLast - at)) - 1
    for (; mask; mask &= mask - 1) {
      const hit = at + <usize>ctz(mask)
      if (isString(hit, string, folds, length)) return hit
    }
  }
  return to
}

/** The lanes where the bytes at `at` are the wanted one. */
@inline function areFolded(at: usize, fold: v128, wanted: v128): v128 {
  return v128.eq<i8>(v128.or(v128.load(at), fold), wanted)
}

@inline function isString(at: usize, string: usize, folds: usize, length: usize): bool {
  for (let i: usize = 0; i < length; i++)
    if ((load<u8>(at + i) | load<u8>(folds + i)) != load<u8>(string + i)) return false
  return true
}

/** The length of the string that a prefilter looks for; 0 when it looks for something else. */
export function prefilterLength(prefilter: usize): usize {
  return load<u32>(prefilter, KIND) == STRING ? <usize>load<u32>(prefilter, DATA + LENGTH) : 0
}

/**
 * Sequences of up to three byte sets in eight buckets: for each place in the sequence two tables, by the low
 * and the high half of a byte, of the buckets that allow it (the shuffle search of Hyperscan's Teddy).
 */
function findSets(data: usize, at: usize, to: usize): usize {
  const low0 = v128.load(data)
  const high0 = v128.load(data, 16)
  const low1 = v128.load(data, 32)
  const high1 = v128.load(data, 48)
  const low2 = v128.load(data, 64)
  const high2 = v128.load(data, 80)
  while (at + 34 <= to) {
    const a = v128.and(
      v128.and(allowed(v128.load(at), low0, high0), allowed(v128.load(at, 1), low1, high1)),
      allowed(v128.load(at, 2), low2, high2),
    )
    const b = v128.and(
      v128.and(allowed(v128.load(at, 16), low0, high0), allowed(v128.load(at, 17), low1, high1)),
      allowed(v128.load(at, 18), low2, high2),
    )
    if (v128.any_true(v128.or(a, b))) {
      const none = i8x16.splat(0)
      const mask = ~(i8x16.bitmask(v128.eq<i8>(a, none)) | (i8x16.bitmask(v128.eq<i8>(b, none)) << 16))
      return at + <usize>ctz(mask)
    }
    at += 32
  }
  for (; at + 18 <= to; at += 16) {
    const found = v128.and(
      v128.and(allowed(v128.load(at), low0, high0), allowed(v128.load(at, 1), low1, high1)),
      allowed(v128.load(at, 2), low2, high2),
    )
    const mask = ~i8x16.bitmask(v128.eq<i8>(found, i8x16.splat(0))) & 0xffff
    if (mask) return at + <usize>ctz(mask)
  }
  for (; at < to; at++) {
    // Places behind the range allow everything: a candidate too many does no harm.
    let buckets = allowedByte(data, load<u8>(at))
    if (at + 1 < to) buckets &= allowedByte(data + 32, load<u8>(at + 1))
    if (at + 2 < to) buckets &= allowedByte(data + 64, load<u8>(at + 2))
    if (buckets) return at
  }
  return to
}

@inline function allowed(bytes: v128, low: v128, high: v128): v128 {
  return v128.and(
    i8x16.swizzle(low, v128.and(bytes, i8x16.splat(0x0f))),
    i8x16.swizzle(high, v128.shr<u8>(bytes, 4)),
  )
}

function allowedByte(tables: usize, byte: u32): u32 {
  return load<u8>(tables + (byte & 15)) & load<u8>(tables + 16 + (byte >> 4))
}
