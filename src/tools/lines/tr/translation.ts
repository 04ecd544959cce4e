import { ToolError } from '../../../base/error.js'
import { type ByteArray, type Element, longestArray } from './array.js'
import { bytesOf, type Cursor, cursorOver, lengthOf } from './cursor.js'

export interface TranslationOptions {
  readonly complement: boolean
  readonly truncate: boolean
}

/** Both arrays of `tr`, checked; the second has its open repeat filled and, for a translation, the first's length. */
export interface Arrays {
  readonly first: ByteArray
  readonly second: ByteArray | undefined
}

/** Throws `ToolError` for arrays that do not fit together; `translates` when the second is what the first becomes. */
export function fitArrays(
  { first, second }: Arrays,
  translates: boolean,
  options: TranslationOptions,
): Arrays {
  const written = totalLength(first)
  if (first.some(isOpen)) throw new ToolError('the [c*] repeat construct may not appear in string1')
  if (second === undefined) return { first, second }
  const firstLength = options.complement ? BigInt(256 - bytesOf(first).size) : written
  const filled = fill(second, firstLength)
  if (!translates) {
    if (second.some(isOpen))
      throw new ToolError('the [c*] construct may appear in string2 only when translating')
    return { first, second: filled }
  }
  refuseClasses(filled)
  if (!options.complement) alignCases(first, filled)
  const missing = firstLength - totalLength(filled)
  const extended = missing > 0n && !options.truncate ? extend(filled, missing) : filled
  if (options.complement && first.some(isClass) && !mapsAllToOne(extended, firstLength))
    throw new ToolError(
      'when translating with complemented character classes,\nstring2 must map all characters in the domain to one',
    )
  return { first, second: extended }
}

/** The table that translates one array into the other, 256 bytes. */
export function translationTable({ first, second }: Arrays, { complement }: TranslationOptions): Buffer {
  const table = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))
  const to = cursorOver(second ?? [])
  if (complement) {
    const excluded = bytesOf(first)
    for (let byte = 0; byte < 256 && to.place !== undefined; byte++) {
      if (excluded.has(byte)) continue
      table[byte] = to.place.byte
      to.advance(1n)
    }
    return table
  }
  const from = cursorOver(first)
  while (from.place !== undefined && to.place !== undefined) {
    const [source, target] = [from.place, to.place]
    if (isCaseChange(source.element, target.element))
      for (const [index, byte] of source.element.bytes.entries())
        table[byte] = target.element.bytes[index] ?? byte
    else table[source.byte] = target.byte
    stepBoth(from, to)
  }
  return table
}

function isOpen({ kind, count }: Element): boolean {
  return kind === 'repeat' && count === 0n
}

function isClass({ kind }: Element): boolean {
  return kind === 'class'
}

function totalLength(array: ByteArray): bigint {
  const length = array.reduce((sum, element) => sum + lengthOf(element), 0n)
  if (length > longestArray) throw new ToolError('too many characters in set')
  return length
}

/** Gives the open repeat the count that makes the array `length` bytes long. */
function fill(array: ByteArray, length: bigint): ByteArray {
  const missing = length - totalLength(array)
  if (array.filter(isOpen).length > 1)
    throw new ToolError('only one [c*] repeat construct may appear in string2')
  if (missing < 0n) return array.filter((element) => !isOpen(element))
  return array.map((element) => (isOpen(element) ? { ...element, count: missing } : element))
}

function refuseClasses(second: ByteArray): void {
  if (second.some(({ kind }) => kind === 'equivalence'))
    throw new ToolError('[=c=] expressions may not appear in string2 when translating')
  if (second.some((element) => isClass(element) && element.letterCase === undefined))
    throw new ToolError(
      "when translating, the only character classes that may appear in\nstring2 are 'upper' and 'lower'",
    )
}

/** Each `[:upper:]` or `[:lower:]` of the second array needs one at the same place of the first. */
function alignCases(first: ByteArray, second: ByteArray): void {
  const from = cursorOver(first)
  const to = cursorOver(second)
  while (second.some(isClass)) {
    const isAligned = from.place?.isFirst === true && from.place.element.letterCase !== undefined
    if (to.place?.element.letterCase !== undefined && !isAligned)
      throw new ToolError('misaligned [:upper:] and/or [:lower:] construct')
    if (from.place === undefined || to.place === undefined) return
    stepBoth(from, to)
  }
}

/** A class of the second array stands for the whole class of the first. */
function stepBoth(from: Cursor, to: Cursor): void {
  if (from.place === undefined || to.place === undefined) return
  if (to.place.element.letterCase !== undefined) {
    from.skip()
    to.skip()
    return
  }
  const run = from.place.run < to.place.run ? from.place.run : to.place.run
  from.advance(run)
  to.advance(run)
}

function isCaseChange(source: Element, target: Element): boolean {
  return (
    source.letterCase !== undefined &&
    target.letterCase !== undefined &&
    source.letterCase !== target.letterCase
  )
}

/** Repeats the array's last byte. */
function extend(array: ByteArray, missing: bigint): ByteArray {
  const last = array.at(-1)
  const byte = last?.bytes.at(-1)
  if (last === undefined || byte === undefined)
    throw new ToolError('when not truncating set1, string2 must be non-empty')
  if (isClass(last))
    throw new ToolError(
      'when translating with string1 longer than string2,\nthe latter string must not end with a character class',
    )
  return [...array, { kind: 'repeat', bytes: [byte], count: missing }]
}

function mapsAllToOne(array: ByteArray, length: bigint): boolean {
  return totalLength(array) === length && bytesOf(array).size === 1
}
