/** A decimal number as it was written: `digits` × 10^-`precision`. */
export interface Decimal {
  readonly digits: bigint
  readonly precision: number
  /** How many characters it takes in plain notation. */
  readonly width: number
  /** 1 or -1 for an infinity, else 0. */
  readonly infinite: -1 | 0 | 1
}

/** Reads what strtold reads; undefined when it is no number. Exponents are followed as far as is sensible. */
export function parseDecimal(text: string): Decimal | 'nan' | undefined {
  const trimmed = text.replace(/^[ \t\n\v\f\r]+/, '')
  if (/^[-+]?nan(\(\w*\))?$/i.test(trimmed)) return 'nan'
  const infinity = /^([-+]?)inf(inity)?$/i.exec(trimmed)
  if (infinity !== null) return { ...zero, infinite: infinity[1] === '-' ? -1 : 1 }
  const hexadecimal = /^([-+]?)0x([0-9a-f]+)$/i.exec(trimmed)
  if (hexadecimal !== null) {
    const value = BigInt(`0x${hexadecimal[2] ?? '0'}`)
    return decimal(hexadecimal[1] === '-' ? -value : value, 0, String(value).length)
  }
  const match = /^([-+]?)(\d*)(?:\.(\d*))?(?:e([-+]?\d{1,4}))?$/i.exec(trimmed)
  if (match === null) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  if (whole === '' && fraction === '') return undefined
  const precision = fraction.length - Number(exponent)
  const digits = BigInt(`${whole}${fraction}`) * (precision < 0 ? 10n ** BigInt(-precision) : 1n)
  const shownPrecision = Math.max(0, precision)
  const minus = sign === '-' ? 1 : 0
  const width =
    Math.max(1, whole.length + Math.max(0, Number(exponent))) +
    (shownPrecision > 0 ? shownPrecision + 1 : 0) +
    minus
  return decimal(sign === '-' ? -digits : digits, shownPrecision, width)
}

const zero: Decimal = { digits: 0n, precision: 0, width: 1, infinite: 0 }

function decimal(digits: bigint, precision: number, width: number): Decimal {
  return { ...zero, digits, precision, width }
}

/** The number in units of 10^-scale; `scale` is at least its precision. */
export function scaled({ digits, precision }: Decimal, scale: number): bigint {
  return digits * 10n ** BigInt(scale - precision)
}

/** `value` × 10^-scale in plain notation with `shown` digits behind the point. */
export function decimalText(value: bigint, scale: number, shown: number): string {
  if (scale === 0) return String(value)
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  const fraction = digits.slice(digits.length - scale, digits.length - scale + shown)
  return `${value < 0n ? '-' : ''}${whole}${shown > 0 ? `.${fraction}` : ''}`
}
