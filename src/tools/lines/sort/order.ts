import type { Holdings } from '../../holdings.js'
import type { Key, KeyOptions, Ordering } from './ordering.js'

/** What random orders are hashed with. */
export const seedSize = 16

/**
 * Lays an ordering out in kernel memory, as the kernels read it (src/kernel/assembly/sort-order.ts), and
 * returns its address.
 */
export function layOutOrder(ordering: Ordering, seed: Buffer, holdings: Holdings): number {
  const { keys, global, tab, delimiter, stable, unique } = ordering
  const order = holdings.take(headerSize + keys.length * keySize)
  const hasLastResort = keys.length === 0 || !(stable || unique)
  const scratch = holdings.take(scratchSize)
  for (const [index, word] of [
    keys.length,
    keys.length + (hasLastResort ? 1 : 0),
    global.reverse ? 1 : 0,
    tab ?? noTab,
    delimiter,
    scratch.byteOffset,
  ].entries())
    order.writeUInt32LE(word, index * 4)
  order.set(seed, seedOffset)
  const tableOf = tableMaker(holdings)
  for (const [index, key] of keys.entries()) {
    const words = wordsOf(key, tableOf(key))
    for (const [place, word] of words.entries())
      order.writeUInt32LE(word, headerSize + index * keySize + place * 4)
  }
  return order.byteOffset
}

/** Where the kernel finds the key of that index. */
export function keyAddress(order: number, index: number): number {
  return order + headerSize + index * keySize
}

const seedOffset = 24
const headerSize = seedOffset + seedSize
const keySize = 28
const noTab = 256
const wholeLine = 0xffffffff
const lineEnd = 0xffffffff

/** Room for the digits of the longest number that matters to -g. */
const scratchSize = 16384

function wordsOf(key: Key, table: number): readonly number[] {
  const { start, end, skipStartBlanks, skipEndBlanks, reverse } = key
  return [
    start?.field ?? wholeLine,
    start?.byte ?? 0,
    end?.field ?? lineEnd,
    end?.byte ?? 0,
    (skipStartBlanks ? 1 : 0) | (skipEndBlanks ? 2 : 0) | (reverse ? 4 : 0),
    typeOf(key),
    table,
  ]
}

/** Where a key is to be compared in two compatible ways, the first of these counts. */
function typeOf({ numeric, general, human, month, random, version }: KeyOptions): number {
  if (numeric) return 1
  if (general) return 2
  if (human) return 3
  if (month) return 4
  if (random) return 5
  return version ? 6 : 0
}

/** Makes the tables that say what each byte counts as, one for all keys with the same options; 0 is none. */
function tableMaker(holdings: Holdings): (key: KeyOptions) => number {
  const made = new Map<string, number>()
  return ({ fold, dictionary, nonprinting, month, numeric, general }) => {
    if (!(fold || dictionary || nonprinting) || month || numeric || general) return 0
    const name = [fold, dictionary, nonprinting].join()
    const old = made.get(name)
    if (old !== undefined) return old
    const table = holdings.take(256 * 2)
    for (let byte = 0; byte < 256; byte++) {
      const counts = dictionary ? isAlphanumeric(byte) || isBlank(byte) : !nonprinting || isPrintable(byte)
      const upper = fold && byte >= 0x61 && byte <= 0x7a ? byte - 0x20 : byte
      table.writeUInt16LE(counts ? upper : ignored, byte * 2)
    }
    made.set(name, table.byteOffset)
    return table.byteOffset
  }
}

const ignored = 0x100

function isAlphanumeric(byte: number): boolean {
  return /[0-9A-Za-z]/.test(String.fromCharCode(byte))
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a
}

function isPrintable(byte: number): boolean {
  return byte >= 0x20 && byte < 0x7f
}
