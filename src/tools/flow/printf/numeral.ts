/** A number in characters. Zeros are counted, because a precision may ask for very many. */
export interface Numeral {
  /** Sign and `0x`; zeros that fill a field stand behind it. */
  readonly prefix: string
  readonly zeros?: number
  readonly digits: string
  readonly trailingZeros?: number
  /** The exponent. */
  readonly suffix?: string
}

export function signOf(isNegative: boolean, flags: string): string {
  if (isNegative) return '-'
  return flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''
}
