import { UsageError } from '../../../base/error.js'
import { quote } from '../../../base/quote.js'
import { type Key, noOptions, readLetters, wholeLine } from './ordering.js'

/**
 * Reads a KEYDEF, `F[.C][OPTS][,F[.C][OPTS]]` (coreutils manual, "sort invocation", -k).
 * Throws `UsageError` in GNU's words.
 */
export function parseKey(text: string, argument: number): Key {
  const blame = keyErrors(text, argument)
  const field = blame.count(text, 'invalid number at field start')
  if (field.count === 0) throw blame.field('field number is zero')
  let byte = { count: 1, rest: field.rest }
  if (field.rest.startsWith('.')) {
    byte = blame.count(field.rest.slice(1), "invalid number after '.'")
    if (byte.count === 0) throw blame.field('character offset is zero')
  }
  const first = readLetters(byte.rest, noOptions, 'start')
  const isWhole = field.count === 1 && byte.count === 1
  const start = isWhole ? undefined : { field: field.count - 1, byte: byte.count - 1 }
  if (!first.rest.startsWith(',')) {
    if (first.rest !== '') throw blame.field('stray character in field spec')
    return { ...wholeLine, ...first.options, start }
  }
  const last = blame.count(first.rest.slice(1), "invalid number after ','")
  if (last.count === 0) throw blame.field('field number is zero')
  const lastByte = last.rest.startsWith('.')
    ? blame.count(last.rest.slice(1), "invalid number after '.'")
    : { count: 0, rest: last.rest }
  const { options, rest } = readLetters(lastByte.rest, first.options, 'end')
  if (rest !== '') throw blame.field('stray character in field spec')
  return { ...options, start, end: { field: last.count - 1, byte: lastByte.count }, obsolete: false }
}

/** Reads the obsolete `+F[.C][OPTS]`, which counts from 0; undefined when it is none, and so an operand. */
export function parseObsoleteStart(text: string): Key | undefined {
  const [, fields, bytes = '0', letters] = /^\+(\d+)(?:\.(\d+))?(.*)$/s.exec(text) ?? []
  if (fields === undefined || letters === undefined) return undefined
  const { options, rest } = readLetters(letters, noOptions, 'start')
  if (rest !== '') return undefined
  const [field, byte] = [toCount(fields), toCount(bytes)]
  return { ...options, start: field + byte > 0 ? { field, byte } : undefined, end: undefined, obsolete: true }
}

/** Adds the obsolete `-F[.C][OPTS]`: the key ends before that place. Throws `UsageError`. */
export function withObsoleteEnd(key: Key, text: string, argument: number): Key {
  const blame = keyErrors(text, argument)
  const fields = blame.count(text.slice(1), "invalid number after '-'")
  const bytes = fields.rest.startsWith('.')
    ? blame.count(fields.rest.slice(1), "invalid number after '.'")
    : { count: 0, rest: fields.rest }
  const { options, rest } = readLetters(bytes.rest, key, 'end')
  if (rest !== '') throw blame.field('stray character in field spec')
  // Without bytes, the key ends with the field before.
  const field = bytes.count === 0 && fields.count > 0 ? fields.count - 1 : fields.count
  return { ...key, ...options, end: { field, byte: bytes.count } }
}

interface Count {
  readonly count: number
  readonly rest: string
}

function keyErrors(
  text: string,
  argument: number,
): {
  count(text: string, problem: string): Count
  field(problem: string): UsageError
} {
  const fail = (message: string): UsageError => new UsageError(message, { hint: false, argument })
  return {
    count(at, problem) {
      const [all, digits] = /^[ \t\n\v\f\r]*\+?(\d+)/.exec(at) ?? []
      if (all === undefined || digits === undefined)
        throw fail(`${problem}: invalid count at start of ${quote(at)}`)
      return { count: toCount(digits), rest: at.slice(all.length) }
    },
    field: (problem) => fail(`${problem}: invalid field specification ${quote(text)}`),
  }
}

/** Beyond any line's length, all counts mean the same. */
const largest = 2 ** 31 - 2

function toCount(digits: string): number {
  return Math.min(Number(digits), largest)
}
