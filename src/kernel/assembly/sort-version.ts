import { commonLength } from './bytes'
import { isDigit } from './sort-order'

// Version sort (-V): file names with numbers in them (coreutils manual, "Version sort ordering").

/** Compares two names as versions: without their suffixes first, then with them. */
export function compareVersions(a: usize, aEnd: usize, b: usize, bEnd: usize): i32 {
  const aClass = nameClass(a, aEnd)
  const bClass = nameClass(b, bEnd)
  if (aClass != bClass) return <i32>aClass - <i32>bClass
  if (aClass < HIDDEN) return 0
  const aStem = stemEnd(a, aEnd)
  const bStem = stemEnd(b, bEnd)
  const common = commonLength(a, b, min(aEnd - a, bEnd - b))
  const result = compareParts(a, aStem, b, bStem, common)
  if (result != 0 || (aStem == aEnd && bStem == bEnd)) return result
  return compareParts(a, aEnd, b, bEnd, common)
}

/** A prefix that orders names by class and by the first characters that are no digits. */
export function versionPrefix(at: usize, end: usize): u64 {
  const kind = nameClass(at, end)
  let prefix = (<u64>kind) << 60
  if (kind < HIDDEN) return prefix
  const stem = stemEnd(at, end)
  for (let shift: i32 = 50; shift >= 0; shift -= 10) {
    // A number ends what a prefix can tell. It may be zero, which equals the end.
    const isOver = at >= stem || isDigit(load<u8>(at))
    prefix |= (isOver ? 1 : <u64>(orderAt(at, stem) + 2)) << (<u64>shift)
    if (isOver) break
    at++
  }
  return prefix
}

const TILDE: i32 = -2

// The classes sort in this order, whatever else the names hold.
const EMPTY: u32 = 0
const DOT: u32 = 1
const DOT_DOT: u32 = 2
const HIDDEN: u32 = 3
const USUAL: u32 = 4

function nameClass(at: usize, end: usize): u32 {
  if (at == end) return EMPTY
  if (load<u8>(at) != 0x2e) return USUAL
  if (end - at == 1) return DOT
  return end - at == 2 && load<u8>(at + 1) == 0x2e ? DOT_DOT : HIDDEN
}

/** Where the suffix starts: as many of `.letter…` as stand at the end. */
function stemEnd(start: usize, end: usize): usize {
  let stem = end
  for (let at = end; at > start;) {
    at--
    const byte = load<u8>(at)
    if (byte == 0x2e) {
      if (at + 1 == stem || !isSuffixStart(load<u8>(at + 1))) return stem
      stem = at
    } else if (!isSuffixStart(byte) && !isDigit(byte)) return stem
  }
  return stem
}

function isSuffixStart(byte: u32): bool {
  return isLetter(byte) || byte == 0x7e
}

function isLetter(byte: u32): bool {
  return (byte | 0x20) - 0x61 < 26
}

/** Compares by turns a part without digits and a number, behind the bytes that both begin with. */
function compareParts(a: usize, aEnd: usize, b: usize, bEnd: usize, common: usize): i32 {
  common = min(common, min(aEnd - a, bEnd - b))
  while (common > 0 && isDigit(load<u8>(a + common - 1))) common--
  a += common
  b += common
  while (a < aEnd || b < bEnd) {
    while ((a < aEnd && !isDigit(load<u8>(a))) || (b < bEnd && !isDigit(load<u8>(b)))) {
      const difference = orderAt(a, aEnd) - orderAt(b, bEnd)
      if (difference != 0) return difference
      a++
      b++
    }
    while (a < aEnd && load<u8>(a) == 0x30) a++
    while (b < bEnd && load<u8>(b) == 0x30) b++
    let difference: i32 = 0
    while (a < aEnd && b < bEnd && isDigit(load<u8>(a)) && isDigit(load<u8>(b))) {
      if (difference == 0) difference = <i32>load<u8>(a) - <i32>load<u8>(b)
      a++
      b++
    }
    if (a < aEnd && isDigit(load<u8>(a))) return 1
    if (b < bEnd && isDigit(load<u8>(b))) return -1
    if (difference != 0) return difference
  }
  return 0
}

/** A tilde comes before the end, the end before a number, and letters before the rest. */
function orderAt(at: usize, end: usize): i32 {
  if (at >= end) return -1
  const byte = <u32>load<u8>(at)
  if (isDigit(byte)) return 0
  if (isLetter(byte)) return <i32>byte
  return byte == 0x7e ? TILDE : <i32>byte + 256
}
