import { hexDigit } from './sort-order'

// Not a number, in the x87 extended format: a sign and a significand that may carry a number.

/** NaNs sort as their bytes stand in memory: the significand from its low end, then the sign. */
export function compareNans(aNegative: bool, aSignificand: u64, bNegative: bool, bSignificand: u64): i32 {
  const a = bswap(aSignificand)
  const b = bswap(bSignificand)
  if (a != b) return a < b ? -1 : 1
  return i32(aNegative) - i32(bNegative)
}

/** The bits that every NaN has set. */
export const QUIET: u64 = 0xc000000000000000

/** The number in the parentheses of `nan(…)`, decimal, octal or hexadecimal as in C; 0 when there is none. */
export function nanPayload(at: usize, end: usize): u64 {
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
