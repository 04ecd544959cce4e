import type { Extended } from './real.js'

/** 0.DIGITS × 10^point, without a zero at either end of the digits; no digits for 0. */
export interface Decimal {
  readonly digits: string
  readonly point: number
}

/** The exact value. */
export function exactDecimal({ significand, exponent }: Extended): Decimal {
  // A half is 5 × 10^-1, and so each binary place behind the point is a decimal one.
  const whole = exponent < 0 ? significand * 5n ** BigInt(-exponent) : significand << BigInt(exponent)
  const text = String(whole)
  return whole === 0n ? none : trimmed(text, text.length + Math.min(0, exponent))
}

/** The first `count` digits, rounded to nearest, ties to even. */
export function roundDecimal({ digits, point }: Decimal, count: number): Decimal {
  if (count >= digits.length) return { digits, point }
  if (count < 0) return none
  const kept = digits.slice(0, count)
  const rest = digits.slice(count)
  const isOdd = /[13579]$/.test(kept)
  const isUp = rest > '5' || (rest === '5' && isOdd)
  if (!isUp) return trimmed(kept, point)
  const next = String(BigInt(kept) + 1n)
  return trimmed(next, point + next.length - kept.length)
}

const none: Decimal = { digits: '', point: 0 }

function trimmed(digits: string, point: number): Decimal {
  let end = digits.length
  while (digits[end - 1] === '0') end--
  return end === 0 ? none : { digits: digits.slice(0, end), point }
}
