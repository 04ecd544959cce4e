import { md5 } from './md5'
import {
  compareFloats,
  floatExponent,
  floatKind,
  floatNegative,
  floatPrefix,
  floatSignificand,
  isFloatCutOff,
  readFloat,
} from './sort-float'
import { keyFrom, keyTo, locateKey } from './sort-key'
import { monthAt } from './sort-month'
import { compareHuman, compareNumbers, isCutOff, numberPrefix } from './sort-number'
import {
  AS_TEXT,
  GENERAL,
  HUMAN,
  keyAt,
  KEY_COUNT,
  KEY_FLAGS,
  LENGTH,
  LEVELS,
  MONTH,
  NUMERIC,
  PREFIX,
  RANDOM,
  REST,
  REST_LENGTH,
  REVERSE,
  REVERSE_LINES,
  SCRATCH,
  SEED,
  TABLE,
  TEXT,
  TYPE,
  VERSION,
} from './sort-order'
import { compareBytes, compareMapped, mapBytes, nextText } from './sort-text'
import { compareVersions, versionPrefix } from './sort-version'

// Comparing lines: by a prefix where that decides, else by what the keys say.

/** Prepares an entry, whose line is set, for a level. */
export function prepare(order: usize, entry: usize, level: u32): void {
  const line = <usize>load<u32>(entry, TEXT)
  const end = line + <usize>load<u32>(entry, LENGTH)
  if (level >= load<u32>(order, KEY_COUNT)) {
    store<u32>(entry, <u32>line, REST)
    store<u32>(entry, load<u32>(entry, LENGTH), REST_LENGTH)
    nextText(entry, 0, load<u32>(order, REVERSE_LINES) != 0)
    return
  }
  const key = keyAt(order, level)
  const reverse = (load<u32>(key, KEY_FLAGS) & REVERSE) != 0
  locateKey(order, key, line, end)
  const type = load<u32>(key, TYPE)
  if (type == AS_TEXT) {
    store<u32>(entry, <u32>keyFrom, REST)
    store<u32>(entry, <u32>(keyTo - keyFrom), REST_LENGTH)
    nextText(entry, load<u32>(key, TABLE), reverse)
    return
  }
  const prefix = prefixOf(order, key, type)
  store<u64>(entry, reverse ? ~prefix : prefix, PREFIX)
  store<u32>(entry, 0, REST)
  store<u32>(entry, u32(mayDiffer), REST_LENGTH)
}

/** Whether equal prefixes of the key that `prefixOf` read last may stand for different keys. */
let mayDiffer: bool = false

/** The prefix of the key located last, which is no text. */
function prefixOf(order: usize, key: usize, type: u32): u64 {
  const table = <usize>load<u32>(key, TABLE)
  const scratch = <usize>load<u32>(order, SCRATCH)
  let prefix: u64
  mayDiffer = true
  switch (type) {
    case NUMERIC:
    case HUMAN:
      prefix = numberPrefix(keyFrom, keyTo, type == HUMAN, table)
      mayDiffer = isCutOff
      return prefix
    case GENERAL:
      readFloat(keyFrom, keyTo, scratch)
      mayDiffer = isFloatCutOff()
      return floatPrefix()
    case MONTH:
      mayDiffer = false
      return monthAt(keyFrom, keyTo)
    case RANDOM:
      prefix = hashPrefix(order, keyFrom, keyTo, table)
      return prefix
    default:
      if (table == 0) return versionPrefix(keyFrom, keyTo)
      return 0
  }
}

/**
 * Compares two entries that are prepared for `level` and whose prefixes are equal: negative, 0 or positive. 0 means
 * that nothing the ordering looks at tells them apart.
 */
export function compareRests(order: usize, a: usize, b: usize, level: u32): i32 {
  const aRest = load<u32>(a, REST_LENGTH)
  const bRest = load<u32>(b, REST_LENGTH)
  const aLine = <usize>load<u32>(a, TEXT)
  const bLine = <usize>load<u32>(b, TEXT)
  const aEnd = aLine + <usize>load<u32>(a, LENGTH)
  const bEnd = bLine + <usize>load<u32>(b, LENGTH)
  let result: i32 = 0
  if (level >= load<u32>(order, KEY_COUNT)) {
    result = compareTextRests(a, aRest, b, bRest, 0)
    return load<u32>(order, REVERSE_LINES) ? -result : result
  }
  const key = keyAt(order, level)
  if (load<u32>(key, TYPE) == AS_TEXT) {
    result = compareTextRests(a, aRest, b, bRest, load<u32>(key, TABLE))
    if (load<u32>(key, KEY_FLAGS) & REVERSE) result = -result
  } else if ((aRest | bRest) != 0) {
    result = compareKey(order, key, aLine, aEnd, bLine, bEnd)
  }
  return result != 0 ? result : compareLines(order, aLine, aEnd, bLine, bEnd, level + 1)
}

function compareTextRests(a: usize, aRest: u32, b: usize, bRest: u32, table: usize): i32 {
  const aAt = <usize>load<u32>(a, REST)
  const bAt = <usize>load<u32>(b, REST)
  // A rest of no length holds how much the prefix holds.
  if (aRest == 0 && bRest == 0) return <i32>aAt - <i32>bAt
  if (aRest == 0 || bRest == 0) return aRest == 0 ? -1 : 1
  if (table == 0) return compareBytes(aAt, aRest, bAt, bRest)
  return compareMapped(aAt, aAt + aRest, bAt, bAt + bRest, table)
}

/** Compares two lines from a level on. */
export function compareLines(order: usize, a: usize, aEnd: usize, b: usize, bEnd: usize, level: u32): i32 {
  const levels = load<u32>(order, LEVELS)
  const keys = load<u32>(order, KEY_COUNT)
  for (; level < levels; level++) {
    let result: i32
    if (level < keys) result = compareKey(order, keyAt(order, level), a, aEnd, b, bEnd)
    else {
      result = compareBytes(a, <u32>(aEnd - a), b, <u32>(bEnd - b))
      if (load<u32>(order, REVERSE_LINES)) result = -result
    }
    if (result != 0) return result
  }
  return 0
}

/** Compares two lines by one key. */
function compareKey(order: usize, key: usize, a: usize, aEnd: usize, b: usize, bEnd: usize): i32 {
  locateKey(order, key, a, aEnd)
  const aFrom = keyFrom
  const aTo = keyTo
  locateKey(order, key, b, bEnd)
  const result = compareKeys(order, key, aFrom, aTo, keyFrom, keyTo)
  return load<u32>(key, KEY_FLAGS) & REVERSE ? -result : result
}

function compareKeys(order: usize, key: usize, a: usize, aEnd: usize, b: usize, bEnd: usize): i32 {
  const table = <usize>load<u32>(key, TABLE)
  switch (load<u32>(key, TYPE)) {
    case AS_TEXT:
      if (table == 0) return compareBytes(a, <u32>(aEnd - a), b, <u32>(bEnd - b))
      return compareMapped(a, aEnd, b, bEnd, table)
    case NUMERIC:
      return compareNumbers(a, aEnd, b, bEnd)
    case HUMAN:
      return compareHuman(a, aEnd, b, bEnd, table)
    case GENERAL:
      return compareGeneral(load<u32>(order, SCRATCH), a, aEnd, b, bEnd)
    case MONTH:
      return <i32>monthAt(a, aEnd) - <i32>monthAt(b, bEnd)
    case RANDOM:
      return compareRandom(order, a, aEnd, b, bEnd, table)
    default:
      return compareNames(a, aEnd, b, bEnd, table)
  }
}

function compareGeneral(scratch: usize, a: usize, aEnd: usize, b: usize, bEnd: usize): i32 {
  readFloat(a, aEnd, scratch)
  const kind = floatKind
  const isNegative = floatNegative
  const exponent = floatExponent
  const significand = floatSignificand
  readFloat(b, bEnd, scratch)
  return compareFloats(
    kind,
    isNegative,
    exponent,
    significand,
    floatKind,
    floatNegative,
    floatExponent,
    floatSignificand,
  )
}

/** Compares what the table makes of the names as versions. */
function compareNames(a: usize, aEnd: usize, b: usize, bEnd: usize, table: usize): i32 {
  if (table == 0) return compareVersions(a, aEnd, b, bEnd)
  const aMapped = heap.alloc(aEnd - a + bEnd - b)
  const aMappedEnd = aMapped + mapBytes(a, aEnd, table, aMapped)
  const bMappedEnd = aMappedEnd + mapBytes(b, bEnd, table, aMappedEnd)
  const result = compareVersions(aMapped, aMappedEnd, aMappedEnd, bMappedEnd)
  heap.free(aMapped)
  return result
}

/** Keys that are the same stay together; others stand as their hashes do, and by their bytes where those agree. */
function compareRandom(order: usize, a: usize, aEnd: usize, b: usize, bEnd: usize, table: usize): i32 {
  const bytes =
    table == 0 ? compareBytes(a, <u32>(aEnd - a), b, <u32>(bEnd - b)) : compareMapped(a, aEnd, b, bEnd, table)
  if (bytes == 0) return 0
  const digest = <usize>load<u32>(order, SCRATCH)
  hash(order, a, aEnd, table)
  const high = bswap(load<u64>(digest, 0))
  const low = bswap(load<u64>(digest, 8))
  hash(order, b, bEnd, table)
  const bHigh = bswap(load<u64>(digest, 0))
  const bLow = bswap(load<u64>(digest, 8))
  if (high != bHigh) return high < bHigh ? -1 : 1
  if (low != bLow) return low < bLow ? -1 : 1
  return bytes
}

function hashPrefix(order: usize, from: usize, to: usize, table: usize): u64 {
  hash(order, from, to, table)
  return bswap(load<u64>(load<u32>(order, SCRATCH)))
}

/** Writes the hash of what the table makes of the bytes to the ordering's scratch. */
function hash(order: usize, from: usize, to: usize, table: usize): void {
  const scratch = <usize>load<u32>(order, SCRATCH)
  if (table == 0) {
    md5(order + SEED, from, to, scratch)
    return
  }
  const mapped = heap.alloc(to - from)
  md5(order + SEED, mapped, mapped + mapBytes(from, to, table, mapped), scratch)
  heap.free(mapped)
}
