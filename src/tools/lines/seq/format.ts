import { UsageError } from '../../../base/error.js'
import { quote } from '../../../base/quote.js'

/** The form that `-f` asks for. */
export interface NumberFormat {
  readonly before: string
  /** Takes a number in plain decimal notation, `inf`, `-inf` or `-nan`. */
  number(text: string): string
  readonly after: string
}

export function showNumber({ before, number, after }: NumberFormat, text: string): string {
  return before + number(text) + after
}

/** Reads a format: text with exactly one floating-point directive (coreutils manual, "seq invocation"). */
export function parseFormat(format: string): NumberFormat {
  const directives = [...format.matchAll(/%(%|[-+#0 ']*\d*(?:\.\d*)?L?(.?))/gs)].filter(
    (match) => match[1] !== '%',
  )
  const [directive, second] = directives
  if (directive === undefined)
    throw new UsageError(`format ${quote(format)} has no % directive`, { hint: false })
  const [whole, , conversion = ''] = directive
  if (conversion === '') throw new UsageError(`format ${quote(format)} ends in %`, { hint: false })
  if (!'aAeEfFgG'.includes(conversion))
    throw new UsageError(`format ${quote(format)} has unknown %${conversion} directive`, { hint: false })
  if (second !== undefined)
    throw new UsageError(`format ${quote(format)} has too many % directives`, { hint: false })
  const [, flags = '', width = '', precision] = /^%([-+#0 ']*)(\d*)(?:\.(\d*))?/.exec(whole) ?? []
  const before = format.slice(0, directive.index).replace(/%%/g, '%')
  const after = format.slice(directive.index + whole.length).replace(/%%/g, '%')
  const digits = precision === undefined ? 6 : Number(precision === '' ? 0 : precision)
  return {
    before,
    number: (text) => pad(convert(text, conversion, digits, flags), Number(width), flags),
    after,
  }
}

function convert(text: string, conversion: string, precision: number, flags: string): string {
  const unsigned = text.replace('-', '')
  const magnitude = /\d/.test(unsigned)
    ? magnitudeOf(Number(unsigned), conversion, precision, flags.includes('#'))
    : unsigned
  const sign = text !== unsigned ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''
  const upper = conversion !== conversion.toLowerCase()
  return sign + (upper ? magnitude.toUpperCase() : magnitude)
}

function magnitudeOf(value: number, conversion: string, precision: number, keepZeros: boolean): string {
  switch (conversion.toLowerCase()) {
    case 'f':
      return value.toFixed(Math.min(precision, 100))
    case 'e':
      return exponential(value, precision)
    case 'a':
      return hexadecimal(value)
    default:
      return general(value, Math.max(1, precision), keepZeros)
  }
}

function exponential(value: number, precision: number): string {
  return value.toExponential(Math.min(precision, 100)).replace(/e([-+])(\d)$/, 'e$10$2')
}

function general(value: number, precision: number, keepZeros: boolean): string {
  const exponent = value === 0 ? 0 : Number(value.toExponential(precision - 1).split('e')[1])
  const isPlain = exponent >= -4 && exponent < precision
  const text = isPlain
    ? value.toFixed(Math.max(0, precision - 1 - exponent))
    : exponential(value, precision - 1)
  return keepZeros || !text.includes('.') ? text : text.replace(/\.?0+(?=e|$)/, '')
}

/** As x86's long double prints: the leading digit has all four bits. */
function hexadecimal(value: number): string {
  if (value === 0) return '0x0p+0'
  const exponent = Math.floor(Math.log2(value)) - 3
  const [whole = '0', fraction = ''] = (value / 2 ** exponent).toString(16).split('.')
  return `0x${whole}${fraction === '' ? '' : `.${fraction}`}p${exponent < 0 ? '' : '+'}${exponent}`
}

function pad(text: string, width: number, flags: string): string {
  if (flags.includes('-')) return text.padEnd(width)
  return flags.includes('0') && /\d/.test(text) ? padWithZeros(text, width) : text.padStart(width)
}

/** Fills up behind the sign. */
export function padWithZeros(text: string, width: number): string {
  const [sign = ''] = /^[-+ ]?/.exec(text) ?? []
  return sign + text.slice(sign.length).padStart(width - sign.length, '0')
}
