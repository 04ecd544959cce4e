import { bytesOf } from '../../../base/bytes.js'
import { UsageError } from '../../../base/error.js'

const escapes: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  '\\': 92,
}

/** The byte that `-d` names: itself, or by an escape (findutils manual, "xargs options"). Throws `UsageError`. */
export function parseDelimiter(text: string, argument: number): number {
  const bytes = bytesOf(text)
  const [first] = bytes
  if (first !== undefined && bytes.length === 1) return first
  if (!text.startsWith('\\')) {
    const rule = 'the delimiter must be either a single character or an escape sequence starting with \\.'
    throw wrong(`Invalid input delimiter specification ${text}: ${rule}`)
  }
  const letter = text.charAt(1)
  const named = escapes[letter]
  if (named !== undefined) return named
  const isHex = letter === 'x'
  if (!isHex && !/\d/.test(letter))
    throw wrong(`Invalid escape sequence ${text} in input delimiter specification.`)
  const rest = text.slice(isHex ? 2 : 1)
  const [digits = ''] = (isHex ? /^[\da-f]*/i : /^[0-7]*/).exec(rest) ?? []
  const value = digits === '' ? 0 : Number.parseInt(digits, isHex ? 16 : 8)
  const start = `Invalid escape sequence ${text} in input delimiter specification; `
  if (value > 255) throw wrong(`${start}character values must not exceed ${isHex ? 'ff' : '377'}.`)
  const trailing = rest.slice(digits.length)
  if (trailing !== '') throw wrong(`${start}trailing characters ${trailing} not recognised.`)
  return value

  function wrong(message: string): UsageError {
    return new UsageError(message, { argument, hint: false })
  }
}
