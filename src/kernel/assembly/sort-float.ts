import { isDigit } from './sort-order'

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

/** NaNs sort as their bytes stand in memory: the significand from its low end, then the sign. */
function compareNans(aNegative: bool, aSignificand: u64, bNegative: bool, bSignificand: u64): i32 {
  const a = bswap(aSignificand)
  const b = bswap(bSignificand)
  if (a != b) return a < b ? -1 : 1
  return i32(aNegative) - i32(bNegative)
}

/** The bits that every NaN has set. */
const QUIET: u64 = 0xc000000000000000

/** The number in the parentheses of `nan(…)`, decimal, octal or hexadecimal as in C; 0 when there is none. */
function nanPayload(at: usize, end: usize): u64 {
  if (at >= end || load<u8>(at) != 0x28) return 0
  at++
  let base: u64 = 10
  if (at < end && load<u8>(at) == 0x30) {
    base = at + 1 < end && (load<u8>(at + 1) | 0x20) == 0x78 ? 16 : 8
    if (base == 16) at += 2
  }
  let value: u64 = 0
  let overflows = false
  for (; at < end; at++) {
    const digit = <u64>hexDigit(load<u8>(at))
    if (digit >= base) break
    if (value > (u64.MAX_VALUE - digit) / base) overflows = true
    value = value * base + digit
  }
  if (at >= end || load<u8>(at) != 0x29) return 0
  return overflows ? u64.MAX_VALUE : value
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

function hexDigit(byte: u32): u32 {
  if (isDigit(byte)) return byte - 0x30
  const letter = (byte | 0x20) - 0x61
  return letter < 6 ? letter + 10 : 16
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
  else scale(scratch, size, power, sticky)
}

/** Rounds the long number times a power of ten. */
function scale(number: usize, size: usize, power: i32, sticky: bool): void {
  let exponent: i32 = 0
  for (; power >= 9; power -= 9) size = multiplyAdd(number, size, 1000000000, 0)
  for (; power > 0; power--) size = multiplyAdd(number, size, 10, 0)
  if (power < 0) {
    // Room for all the bits that the divisions take away, and for 128 that stay.
    const words = <usize>((-power * 107) / (32 * 32)) + 5
    memory.copy(number + words * 4, number, size * 4)
    memory.fill(number, 0, words * 4)
    size += words
    exponent = -32 * <i32>words
    for (; power <= -9; power += 9) if (divide(number, size, 1000000000) != 0) sticky = true
    for (; power < 0; power++) if (divide(number, size, 10) != 0) sticky = true
  }
  while (size > 0 && load<u32>(number + (size - 1) * 4) == 0) size--
  roundLong(number, size, exponent, sticky)
}

/** number = number × factor + addend; returns its new size in 32-bit words. */
function multiplyAdd(number: usize, size: usize, factor: u32, addend: u32): usize {
  let carry = <u64>addend
  for (let index: usize = 0; index < size; index++) {
    carry += <u64>load<u32>(number + index * 4) * <u64>factor
    store<u32>(number + index * 4, <u32>carry)
    carry >>= 32
  }
  if (carry == 0) return size
  store<u32>(number + size * 4, <u32>carry)
  return size + 1
}

/** number = number / divisor; returns the remainder. */
function divide(number: usize, size: usize, divisor: u32): u32 {
  let rest: u64 = 0
  for (let index = size; index > 0; index--) {
    const word = (rest << 32) | (<u64>load<u32>(number + (index - 1) * 4))
    store<u32>(number + (index - 1) * 4, <u32>(word / divisor))
    rest = word % divisor
  }
  return <u32>rest
}

/** Rounds the long number times 2 to the `exponent`. */
function roundLong(number: usize, size: usize, exponent: i32, sticky: bool): void {
  const shift = clz(load<u32>(number + (size - 1) * 4))
  const high = ((<u64>wordAt(number, size, 1)) << 32) | (<u64>wordAt(number, size, 2))
  const low = ((<u64>wordAt(number, size, 3)) << 32) | (<u64>wordAt(number, size, 4))
  const fifth = <u64>wordAt(number, size, 5)
  let rest = sticky
  for (let index: usize = 6; index <= size && !rest; index++) rest = wordAt(number, size, index) != 0
  if (shift == 0) {
    round(high, low | u64(rest || fifth != 0), exponent + 32 * <i32>size - 1)
    return
  }
  const up = <u64>shift
  const top = (high << up) | (low >> (64 - up))
  const bottom = (low << up) | (fifth >> (32 - up))
  round(top, bottom | u64(rest || <u32>(fifth << up) != 0), exponent + 32 * <i32>size - 1 - <i32>shift)
}

/** The word that stands `place`-th from the top, from 1. */
function wordAt(number: usize, size: usize, place: usize): u32 {
  return place <= size ? load<u32>(number + (size - place) * 4) : 0
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
