import { multiplyAdd, scaleByTen, topExponent, topHigh, topLow } from './sort-long'
import { compareNans, nanPayload, QUIET } from './sort-nan'
import { hexDigit, isDigit } from './sort-order'

// General numbers (-g): what C's strtold reads, as the x87 extended format that GNU sort compares on this
// platform: a 15-bit exponent and a 64-bit significand, rounded to nearest, ties to even.

/** What `readFloat` found last: not a number at all sorts before NaN, and NaN before the numbers. */
export let floatKind: u32 = 0
export let floatNegative: bool = false
export let floatExponent: u32 = 0
export let floatSignificand: u64 = 0

const NO_NUMBER: u32 = 0
const NAN: u32 = 1
const NUMBER: u32 = 2

const BIAS: i32 = 16383
const INFINITE: u32 = 0x7fff

/** More digits than any boundary between two numbers has; what follows only matters as being there. */
const DIGITS: u32 = 11600
/** Powers of ten beyond which a number is infinite or zero. */
const POWERS: i32 = 5000

/** The room that `readFloat` needs: the digits, shifted so far that dividing by any power leaves 128 bits. */
export const FLOAT_SCRATCH: usize = 16384

/** Reads the number at the start of [at, end). `scratch` is room of FLOAT_SCRATCH bytes. */
export function readFloat(at: usize, end: usize, scratch: usize): void {
  while (at < end && isSpace(load<u8>(at))) at++
  floatNegative = at < end && load<u8>(at) == 0x2d
  if (at < end && (load<u8>(at) == 0x2d || load<u8>(at) == 0x2b)) at++
  floatKind = NUMBER
  if (startsWith(at, end, 0x696e66)) {
    setInfinite()
  } else if (startsWith(at, end, 0x6e616e)) {
    floatKind = NAN
    floatSignificand = QUIET | (nanPayload(at + 3, end) & ~QUIET)
  } else if (
    at + 2 < end &&
    load<u8>(at) == 0x30 &&
    (load<u8>(at + 1) | 0x20) == 0x78 &&
    isHexStart(at + 2, end)
  ) {
    readHexadecimal(at + 2, end)
  } else if (isDecimalStart(at, end)) {
    readDecimal(at, end, scratch)
  } else {
    floatKind = NO_NUMBER
  }
}

/** Orders what two calls of `readFloat` found; -0 equals +0. */
export function compareFloats(
  aKind: u32,
  aNegative: bool,
  aExponent: u32,
  aSignificand: u64,
  bKind: u32,
  bNegative: bool,
  bExponent: u32,
  bSignificand: u64,
): i32 {
  if (aKind != bKind) return aKind < bKind ? -1 : 1
  if (aKind == NAN) return compareNans(aNegative, aSignificand, bNegative, bSignificand)
  if (aKind != NUMBER || (aSignificand | bSignificand) == 0) return 0
  if (aSignificand == 0) return bNegative ? 1 : -1
  if (bSignificand == 0 || aNegative != bNegative) return aNegative ? -1 : 1
  let result = i32(aExponent > bExponent) - i32(aExponent < bExponent)
  if (result == 0) result = i32(aSignificand > bSignificand) - i32(aSignificand < bSignificand)
  return aNegative ? -result : result
}

/** A prefix that orders what `readFloat` found last. */
export function floatPrefix(): u64 {
  if (floatKind != NUMBER) return <u64>floatKind
  if (floatSignificand == 0) return SIGN
  const magnitude = ((<u64>floatExponent) << 48) | (((floatSignificand >> 16) & 0x7fffffffffff) << 1)
  const prefix = SIGN | magnitude | u64(isFloatCutOff())
  return floatNegative ? ~prefix : prefix
}

const SIGN: u64 = 1 << 63

/** Whether the significand has bits that the prefix does not hold. */
export function isFloatCutOff(): bool {
  return floatKind == NAN || (floatKind == NUMBER && (floatSignificand & 0xffff) != 0)
}

function isSpace(byte: u32): bool {
  return byte == 0x20 || byte - 9 < 5
}

/** Whether the three letters stand at `at`, in upper or lower case. */
function startsWith(at: usize, end: usize, letters: u32): bool {
  if (end - at < 3) return false
  const found = ((<u32>load<u8>(at)) << 16) | ((<u32>load<u8>(at + 1)) << 8) | (<u32>load<u8>(at + 2))
  return (found | 0x202020) == letters
}

function isDecimalStart(at: usize, end: usize): bool {
  if (at < end && load<u8>(at) == 0x2e) at++
  return at < end && isDigit(load<u8>(at))
}

function isHexStart(at: usize, end: usize): bool {
  if (at < end && load<u8>(at) == 0x2e) at++
  return at < end && hexDigit(load<u8>(at)) < 16
}

function readHexadecimal(at: usize, end: usize): void {
  let bits: u64 = 0
  let exponent: i32 = 0
  let sticky = false
  let seenPoint = false
  for (; at < end; at++) {
    const byte = load<u8>(at)
    if (byte == 0x2e && !seenPoint) {
      seenPoint = true
      continue
    }
    const digit = hexDigit(byte)
    if (digit == 16) break
    if (bits >> 60 == 0) {
      bits = (bits << 4) | digit
      if (seenPoint) exponent -= 4
    } else {
      if (digit != 0) sticky = true
      if (!seenPoint) exponent += 4
    }
    exponent = max(min(exponent, FAR), -FAR)
  }
  exponent += readExponent(at, end, 0x70)
  if (bits == 0) setZero()
  else round(bits, sticky ? 1 : 0, exponent + 63)
}

const FAR: i32 = 1 << 29

/** The exponent behind a mantissa: `letter`, a sign, digits; 0 when there is none. */
function readExponent(at: usize, end: usize, letter: u32): i32 {
  if (at >= end || (load<u8>(at) | 0x20) != letter) return 0
  at++
  const isNegative = at < end && load<u8>(at) == 0x2d
  if (at < end && (load<u8>(at) == 0x2d || load<u8>(at) == 0x2b)) at++
  let exponent: i32 = 0
  for (; at < end && isDigit(load<u8>(at)); at++) {
    if (exponent < FAR / 16) exponent = exponent * 10 + (<i32>load<u8>(at) - 0x30)
  }
  return isNegative ? -exponent : exponent
}

/** The digits become one long whole number, which is then multiplied or divided by its power of ten. */
function readDecimal(at: usize, end: usize, scratch: usize): void {
  while (at < end && load<u8>(at) == 0x30) at++
  let power: i32 = 0
  let held: u32 = 0
  let part: u32 = 0
  let partScale: u32 = 1
  let size: usize = 0
  let sticky = false
  let seenPoint = false
  for (; at < end; at++) {
    const byte = load<u8>(at)
    if (byte == 0x2e && !seenPoint) {
      seenPoint = true
      continue
    }
    if (!isDigit(byte)) break
    if (held < DIGITS) {
      if (seenPoint) power--
      if (held == 0 && byte == 0x30) continue
      part = part * 10 + (byte - 0x30)
      partScale *= 10
      held++
      if (partScale == 1000000000) {
        size = multiplyAdd(scratch, size, partScale, part)
        part = 0
        partScale = 1
      }
    } else {
      if (byte != 0x30) sticky = true
      if (!seenPoint) power++
    }
  }
  if (partScale > 1) size = multiplyAdd(scratch, size, partScale, part)
  power = max(min(power, FAR), -FAR) + readExponent(at, end, 0x65)
  if (held == 0) setZero()
  else if (power + <i32>held > POWERS) setInfinite()
  else if (power + <i32>held < -POWERS) setZero()
  else {
    scaleByTen(scratch, size, power, sticky)
    round(topHigh, topLow, topExponent)
  }
}

/** Sets the number to high.low, rounded: 1.… × 2 to the `exponent` once the top bit of `high` is set. */
function round(high: u64, low: u64, exponent: i32): void {
  const lead = clz(high)
  if (lead > 0) {
    high = (high << lead) | (low >> (64 - lead))
    low <<= lead
    exponent -= <i32>lead
  }
  let biased = exponent + BIAS
  if (biased <= 0) {
    // Denormal: the significand loses bits, the exponent stays at its least.
    const lost = 1 - biased
    if (lost > 64) return setZero()
    low = (lost == 64 ? high : high << (<u64>(64 - lost))) | u64(low != 0)
    high = lost == 64 ? 0 : high >> (<u64>lost)
    biased = 0
  }
  const half: u64 = 1 << 63
  if (low > half || (low == half && (high & 1) == 1)) {
    high++
    if (high == 0) {
      high = half
      biased++
    } else if (biased == 0 && high == half) biased = 1
  }
  if (biased >= <i32>INFINITE) return setInfinite()
  floatExponent = <u32>biased
  floatSignificand = high
}

function setZero(): void {
  floatExponent = 0
  floatSignificand = 0
}

function setInfinite(): void {
  floatExponent = INFINITE
  floatSignificand = 1 << 63
}
