import { isDigit } from './sort-order'
import { skipBlanks } from './sort-key'

// Decimal numbers of any length (-n), and such with a unit (-h).

/** Significant digits that a prefix holds. */
const DIGITS: u32 = 15
const LONGEST: u64 = 127

/** Whether the number that `numberPrefix` read last has digits that its prefix does not hold. */
export let isCutOff: bool = false

/**
 * A prefix that orders numbers: the sign, the unit, how many digits stand before the point, the first digits, and
 * whether others follow. Blanks before the number are skipped; what is no number counts as zero.
 */
export function numberPrefix(at: usize, end: usize, isHuman: bool, table: usize): u64 {
  at = skipBlanks(at, end)
  const isNegative = at < end && load<u8>(at) == 0x2d
  if (isNegative) at++
  while (at < end && load<u8>(at) == 0x30) at++
  let value: u64 = 0
  let held: u32 = 0
  let more = false
  const whole = at
  for (; at < end && isDigit(load<u8>(at)); at++) {
    if (held < DIGITS) {
      value = value * 10 + (load<u8>(at) - 0x30)
      held++
    } else if (load<u8>(at) != 0x30) more = true
  }
  const wholeDigits = <u64>(at - whole)
  if (at < end && load<u8>(at) == 0x2e) {
    for (at++; at < end && isDigit(load<u8>(at)); at++) {
      if (held < DIGITS) {
        value = value * 10 + (load<u8>(at) - 0x30)
        held++
      } else if (load<u8>(at) != 0x30) more = true
    }
  }
  for (; held < DIGITS; held++) value *= 10
  if (wholeDigits >= LONGEST) {
    value = 0
    more = true
  }
  isCutOff = more
  if (value == 0 && !more) return SIGN
  const unit = isHuman ? <u64>unitOrder(at, end, table) : 0
  const magnitude = (unit << 58) | (min(wholeDigits, LONGEST) << 51) | (value << 1) | u64(more)
  return isNegative ? ~(SIGN | magnitude) : SIGN | magnitude
}

const SIGN: u64 = 1 << 63

/** Compares two decimal numbers exactly. */
export function compareNumbers(a: usize, aEnd: usize, b: usize, bEnd: usize): i32 {
  a = skipBlanks(a, aEnd)
  b = skipBlanks(b, bEnd)
  const aNegative = a < aEnd && load<u8>(a) == 0x2d
  const bNegative = b < bEnd && load<u8>(b) == 0x2d
  if (aNegative) a++
  if (bNegative) b++
  if (aNegative != bNegative) {
    if (isZero(a, aEnd) && isZero(b, bEnd)) return 0
    return aNegative ? -1 : 1
  }
  const result = compareMagnitudes(a, aEnd, b, bEnd)
  return aNegative ? -result : result
}

function compareMagnitudes(a: usize, aEnd: usize, b: usize, bEnd: usize): i32 {
  while (a < aEnd && load<u8>(a) == 0x30) a++
  while (b < bEnd && load<u8>(b) == 0x30) b++
  let difference: i32 = 0
  for (;;) {
    const aDigit = digitAt(a, aEnd)
    const bDigit = digitAt(b, bEnd)
    if (aDigit < 0 || bDigit < 0) {
      // The number with more digits before the point is the greater.
      if (aDigit >= 0) return 1
      if (bDigit >= 0) return -1
      break
    }
    if (difference == 0) difference = aDigit - bDigit
    a++
    b++
  }
  if (difference != 0) return difference
  let aFraction = a < aEnd && load<u8>(a) == 0x2e
  let bFraction = b < bEnd && load<u8>(b) == 0x2e
  while (aFraction || bFraction) {
    const aDigit = aFraction ? digitAt(++a, aEnd) : -1
    const bDigit = bFraction ? digitAt(++b, bEnd) : -1
    difference = max(aDigit, 0) - max(bDigit, 0)
    if (difference != 0) return difference
    if (aDigit < 0) aFraction = false
    if (bDigit < 0) bFraction = false
  }
  return 0
}

/** Compares two numbers with units: the unit counts more than the number. */
export function compareHuman(a: usize, aEnd: usize, b: usize, bEnd: usize, table: usize): i32 {
  const difference = humanOrder(a, aEnd, table) - humanOrder(b, bEnd, table)
  return difference != 0 ? difference : compareNumbers(a, aEnd, b, bEnd)
}

function humanOrder(at: usize, end: usize, table: usize): i32 {
  at = skipBlanks(at, end)
  const isNegative = at < end && load<u8>(at) == 0x2d
  if (isNegative) at++
  if (isZero(at, end)) return 0
  while (at < end && isDigit(load<u8>(at))) at++
  if (at < end && load<u8>(at) == 0x2e) {
    at++
    while (at < end && isDigit(load<u8>(at))) at++
  }
  const order = <i32>unitOrder(at, end, table)
  return isNegative ? -order : order
}

function digitAt(at: usize, end: usize): i32 {
  if (at >= end) return -1
  const digit = <i32>load<u8>(at) - 0x30
  return digit >= 0 && digit <= 9 ? digit : -1
}

function isZero(at: usize, end: usize): bool {
  while (at < end && load<u8>(at) == 0x30) at++
  if (at < end && load<u8>(at) == 0x2e) {
    at++
    while (at < end && load<u8>(at) == 0x30) at++
  }
  return at >= end || !isDigit(load<u8>(at))
}

/** The power of 1024 or 1000 that the byte behind a number stands for. */
function unitOrder(at: usize, end: usize, table: usize): u32 {
  if (at >= end) return 0
  const byte = load<u8>(at)
  switch (table == 0 ? <u32>byte : <u32>load<u16>(table + ((<usize>byte) << 1))) {
    case 0x4b: // K
    case 0x6b: // k
      return 1
    case 0x4d: // M
      return 2
    case 0x47: // G
      return 3
    case 0x54: // T
      return 4
    case 0x50: // P
      return 5
    case 0x45: // E
      return 6
    case 0x5a: // Z
      return 7
    case 0x59: // Y
      return 8
    default:
      return 0
  }
}
