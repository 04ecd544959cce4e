/** A number as it was written: `digits` × 10^-`precision`, or an infinity. */
export interface Decimal {
  readonly digits: bigint
  readonly precision: number
  /** How many characters it takes in plain notation; 0 for those that are not decimal. */
  readonly width: number
  readonly isNegativeZero: boolean
  /** Hexadecimal with a point or an exponent: how many digits to show is not known from it. */
  readonly isHexadecimalFraction: boolean
  /** 1 or -1 for an infinity, else 0. */
  readonly infinite: -1 | 0 | 1
}

export const one: Decimal = {
  digits: 1n,
  precision: 0,
  width: 1,
  isNegativeZero: false,
  isHexadecimalFraction: false,
  infinite: 0,
}

/** Reads what strtold(3) reads; undefined when it is no number, or too great for x86's long double. */
export function parseDecimal(text: string): Decimal | 'nan' | undefined {
  const trimmed = text.replace(/^[ \t\n\v\f\r]+/, '')
  if (/^[-+]?nan(\(\w*\))?$/i.test(trimmed)) return 'nan'
  const infinity = /^([-+]?)inf(inity)?$/i.exec(trimmed)
  if (infinity !== null) return { ...one, infinite: infinity[1] === '-' ? -1 : 1, width: 0 }
  return parseHexadecimal(trimmed) ?? parsePlain(trimmed)
}

/** `0xH.HpE`: H.H × 2^E. */
function parseHexadecimal(text: string): Decimal | undefined {
  const match = /^([-+]?)0x([\da-f]*)(\.?)([\da-f]*)(?:(p)([-+]?\d+))?$/i.exec(text)
  if (match === null) return undefined
  const [, sign, whole = '', point, fraction = '', power, exponent = '0'] = match
  if (whole === '' && fraction === '') return undefined
  const digits = BigInt(`0x${whole}${fraction}`)
  const twos = Number(exponent) - 4 * fraction.length
  if (digits !== 0n && twos > greatestPower * bitsInDigit) return undefined
  const vanishes = digits === 0n || twos < -2 * greatestPower * bitsInDigit
  return signed(sign, {
    ...one,
    // 2^-n is 5^n × 10^-n.
    digits: vanishes ? 0n : twos >= 0 ? digits << BigInt(twos) : digits * 5n ** BigInt(-twos),
    precision: vanishes ? 0 : Math.max(0, -twos),
    width: 0,
    isHexadecimalFraction: point !== '' || power !== undefined,
  })
}

/** `D.DeE`: D.D × 10^E. */
function parsePlain(text: string): Decimal | undefined {
  const match = /^([-+]?)(\d*)(\.?)(\d*)(?:e([-+]?\d+))?$/i.exec(text)
  if (match === null) return undefined
  const [, sign, whole = '', point = '', fraction = '', exponentText] = match
  if (whole === '' && fraction === '') return undefined
  const exponent = Number(exponentText ?? 0)
  const digits = BigInt(whole + fraction)
  if (digits !== 0n && exponent > greatestPower) return undefined
  const vanishes = digits === 0n || exponent < -2 * greatestPower
  return signed(sign, {
    ...one,
    digits: vanishes ? 0n : digits * 10n ** BigInt(Math.max(0, exponent - fraction.length)),
    precision: Math.min(Math.max(0, fraction.length - exponent), 2 * greatestPower),
    width: widthOf(whole, point, fraction, exponent),
  })
}

/** The greatest power of ten that x86's long double reaches. */
const greatestPower = 4932

const bitsInDigit = Math.log2(10)

/** How wide it is in plain notation. */
function widthOf(whole: string, point: string, fraction: string, exponent: number): number {
  const digits = Math.max(1, whole.length) + fraction.length
  if (exponent < 0) return digits + 1 - exponent
  if (fraction.length > exponent) return digits + point.length
  return digits + exponent - fraction.length
}

function signed(sign: string | undefined, number: Decimal): Decimal {
  if (sign !== '-') return number
  const { digits, width } = number
  return { ...number, digits: -digits, width: width === 0 ? 0 : width + 1, isNegativeZero: digits === 0n }
}

/** The number in units of 10^-scale; where `scale` is less than its precision, the whole unit below. */
export function scaled({ digits, precision }: Decimal, scale: number): bigint {
  if (scale >= precision) return digits * 10n ** BigInt(scale - precision)
  const unit = 10n ** BigInt(precision - scale)
  return digits / unit - (digits % unit < 0n ? 1n : 0n)
}

/** `value` × 10^-scale in plain notation. */
export function decimalText(value: bigint, scale: number): string {
  if (scale === 0) return String(value)
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0')
  return `${value < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

/** The nearest double. */
export function valueOf({ digits, precision, infinite }: Decimal): number {
  return infinite === 0 ? Number(decimalText(digits, precision)) : infinite * Infinity
}
