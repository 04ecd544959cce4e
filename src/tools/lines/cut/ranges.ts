import { UsageError } from '../../../base/error.js'
import { quote } from '../../../base/quote.js'

/** Places counted from 1, both ends included. */
export interface Range {
  readonly first: bigint
  readonly last: bigint
}

/** The end of a range that has none; no line is that long. */
const open = 2n ** 64n - 1n

/** What a list counts: it decides the words of its errors. */
export type Unit = 'byte' | 'field'

/**
 * The ranges of a LIST, in order; those that overlap are made one (coreutils manual, "cut invocation").
 * Throws `UsageError`.
 */
export function parseRanges(list: string, unit: Unit, argument: number): readonly Range[] {
  let next = 0
  const ranges = list.split(/[, \t]/).map((item) => {
    const start = next
    next += item.length + 1
    return parseRange(list, start, start + item.length, unit, argument)
  })
  return merge(ranges.sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0)))
}

/** What the ranges leave out. */
export function complement(ranges: readonly Range[]): readonly Range[] {
  const gaps: Range[] = []
  let next = 1n
  for (const { first, last } of ranges) {
    if (first > next) gaps.push({ first: next, last: first - 1n })
    next = last + 1n
  }
  return next > open ? gaps : [...gaps, { first: next, last: open }]
}

/** The range at list[start, end). */
function parseRange(list: string, start: number, end: number, unit: Unit, argument: number): Range {
  const words = messages[unit]
  const [, from = '', dash = '', to = '', wrong = ''] =
    /^(\d*)(-?)(\d*)(.*)$/s.exec(list.slice(start, end)) ?? []
  const first = from === '' ? 1n : parsePlace(from)
  if (first === 0n && (dash !== '' || wrong === '')) return fail(words.fromOne)
  const last = to === '' ? open : parsePlace(to)
  if (wrong.startsWith('-')) return fail(words.twoDashes)
  if (wrong !== '') return fail(`${words.wrong} ${quote(list.slice(end - wrong.length))}`)
  if (dash === '') return from === '' ? fail(words.fromOne) : { first, last: first }
  if (from === '' && to === '') return fail('invalid range with no endpoint: -')
  return last < first ? fail('invalid decreasing range') : { first, last }

  function parsePlace(digits: string): bigint {
    const place = BigInt(digits)
    return place >= open ? fail(`${words.what} ${quote(digits)} is too large`) : place
  }

  function fail(message: string): never {
    throw new UsageError(message, { argument })
  }
}

const messages = {
  byte: {
    what: 'byte/character offset',
    wrong: 'invalid byte/character position',
    fromOne: 'byte/character positions are numbered from 1',
    twoDashes: 'invalid byte or character range',
  },
  field: {
    what: 'field number',
    wrong: 'invalid field value',
    fromOne: 'fields are numbered from 1',
    twoDashes: 'invalid field range',
  },
} as const

/** The ranges with those made one that touch: where nothing else than what they stand apart by is put between them. */
export function joinTouching(ranges: readonly Range[]): readonly Range[] {
  const joined: Range[] = []
  for (const range of ranges) {
    const before = joined.at(-1)
    if (before?.last === range.first - 1n) joined.splice(-1, 1, { first: before.first, last: range.last })
    else joined.push(range)
  }
  return joined
}

/** Ranges that only touch stay apart: the output delimiter stands between them. */
function merge(sorted: readonly Range[]): readonly Range[] {
  const merged: Range[] = []
  for (const range of sorted) {
    const before = merged.at(-1)
    if (before === undefined || range.first > before.last) merged.push(range)
    else if (range.last > before.last) merged.splice(-1, 1, { first: before.first, last: range.last })
  }
  return merged
}
