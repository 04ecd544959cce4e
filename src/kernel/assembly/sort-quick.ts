import { commonLength } from './bytes'
import { compareRests, prepare } from './sort-compare'
import {
  AS_TEXT,
  ENTRY_SIZE,
  KEY_COUNT,
  KEY_FLAGS,
  keyAt,
  LEVELS,
  PREFIX,
  REST,
  REST_LENGTH,
  REVERSE,
  REVERSE_LINES,
  TABLE,
  TEXT,
  TYPE,
} from './sort-order'
import { nextText } from './sort-text'

// A three-way quicksort of entries by their prefixes. Entries whose prefixes are equal are prepared anew, for the
// bytes that follow or for the next key, and sorted on. What no key tells apart keeps its order, which is the order of
// the addresses.

const FEW: usize = 10 * ENTRY_SIZE

/** Sorts entries that are prepared for `level`. */
export function sortRange(order: usize, from: usize, to: usize, level: u32): void {
  for (;;) {
    if (to - from <= FEW) {
      insertionSort(order, from, to, level)
      return
    }
    const pivot = choosePivot(from, to)
    let equal = from
    let at = from
    let greater = to
    while (at < greater) {
      const prefix = load<u64>(at, PREFIX)
      if (prefix < pivot) {
        if (at != equal) swapEntries(at, equal)
        equal += ENTRY_SIZE
        at += ENTRY_SIZE
      } else if (prefix > pivot) {
        greater -= ENTRY_SIZE
        while (load<u64>(greater, PREFIX) > pivot) greater -= ENTRY_SIZE
        if (greater < at) {
          greater = at
          break
        }
        swapEntries(at, greater)
      } else at += ENTRY_SIZE
    }
    // The largest part is left to this loop, so that the stack stays small.
    const fewer = equal - from
    const same = greater - equal
    const more = to - greater
    if (same >= fewer && same >= more) {
      sortRange(order, from, equal, level)
      sortRange(order, greater, to, level)
      from = equal
      to = greater
      level = prepareEqual(order, from, to, level)
      if (level == SORTED) return
    } else {
      const next = prepareEqual(order, equal, greater, level)
      if (next != SORTED) sortRange(order, equal, greater, next)
      if (fewer < more) {
        sortRange(order, from, equal, level)
        from = greater
      } else {
        sortRange(order, greater, to, level)
        to = equal
      }
    }
  }
}

/** What `prepareEqual` returns when the entries are in order. */
const SORTED: u32 = 0xffffffff

/** Prepares entries whose prefixes are equal for what comes next, and returns the level of that. */
function prepareEqual(order: usize, from: usize, to: usize, level: u32): u32 {
  if (to - from <= ENTRY_SIZE) return SORTED
  const keys = load<u32>(order, KEY_COUNT)
  if (level >= load<u32>(order, LEVELS)) return SORTED
  const key = keyAt(order, level)
  if (level < keys && load<u32>(key, TYPE) != AS_TEXT) {
    if (load<u32>(from, REST_LENGTH) != 0) {
      sortByComparison(order, from, to, level)
      return SORTED
    }
    return prepareNext(order, from, to, level + 1)
  }
  const reverse =
    level < keys ? (load<u32>(key, KEY_FLAGS) & REVERSE) != 0 : load<u32>(order, REVERSE_LINES) != 0
  const table = level < keys ? <usize>load<u32>(key, TABLE) : 0
  if (areUneven(from, to)) {
    rankEnds(from, to, reverse)
    return level
  }
  if (load<u32>(from, REST_LENGTH) == 0) {
    // Lines that are the same throughout need no order.
    return level >= keys ? SORTED : prepareNext(order, from, to, level + 1)
  }
  skipCommon(from, to)
  for (let entry = from; entry < to; entry += ENTRY_SIZE) nextText(entry, table, reverse)
  return level
}

function prepareNext(order: usize, from: usize, to: usize, level: u32): u32 {
  if (level < load<u32>(order, LEVELS)) {
    for (let entry = from; entry < to; entry += ENTRY_SIZE) prepare(order, entry, level)
  } else {
    for (let entry = from; entry < to; entry += ENTRY_SIZE)
      store<u64>(entry, <u64>load<u32>(entry, TEXT), PREFIX)
  }
  return level
}

/** Whether some of the texts end within their prefixes, and not all after as many bytes. */
function areUneven(from: usize, to: usize): bool {
  const isOver = load<u32>(from, REST_LENGTH) == 0
  const held = load<u32>(from, REST)
  for (let entry = from + ENTRY_SIZE; entry < to; entry += ENTRY_SIZE) {
    if ((load<u32>(entry, REST_LENGTH) == 0) != isOver) return true
    if (isOver && load<u32>(entry, REST) != held) return true
  }
  return false
}

/** Gives prefixes that order texts which differ in their ends alone: the shorter one is the beginning of the other. */
function rankEnds(from: usize, to: usize, reverse: bool): void {
  for (let entry = from; entry < to; entry += ENTRY_SIZE) {
    const rank = load<u32>(entry, REST_LENGTH) == 0 ? <u64>load<u32>(entry, REST) : 9
    store<u64>(entry, reverse ? ~rank : rank, PREFIX)
  }
}

/** Passes over the bytes that all the rests begin with. */
function skipCommon(from: usize, to: usize): void {
  const first = <usize>load<u32>(from, REST)
  let common = <usize>load<u32>(from, REST_LENGTH)
  for (let entry = from + ENTRY_SIZE; entry < to && common > 0; entry += ENTRY_SIZE) {
    const length = min(common, <usize>load<u32>(entry, REST_LENGTH))
    common = commonLength(first, load<u32>(entry, REST), length)
  }
  if (common == 0) return
  for (let entry = from; entry < to; entry += ENTRY_SIZE) {
    store<u32>(entry, load<u32>(entry, REST) + <u32>common, REST)
    store<u32>(entry, load<u32>(entry, REST_LENGTH) - <u32>common, REST_LENGTH)
  }
}

/** The median of three prefixes from places that an adversary cannot foresee. */
function choosePivot(from: usize, to: usize): u64 {
  const a = randomPrefix(from, to)
  const b = randomPrefix(from, to)
  const c = randomPrefix(from, to)
  return max(min(a, b), min(max(a, b), c))
}

function randomPrefix(from: usize, to: usize): u64 {
  return load<u64>(randomEntry(from, to), PREFIX)
}

let randomState: u32 = 2463534242

/** A xorshift generator; good enough for pivots. */
function randomEntry(from: usize, to: usize): usize {
  randomState ^= randomState << 13
  randomState ^= randomState >> 17
  randomState ^= randomState << 5
  return from + <usize>(randomState % <u32>((to - from) / ENTRY_SIZE)) * ENTRY_SIZE
}

/** Sorts entries that only a comparison tells apart, prepared for `level`. */
function sortByComparison(order: usize, from: usize, to: usize, level: u32): void {
  while (to - from > FEW) {
    swapEntries(from, randomEntry(from, to))
    let low = from
    let high = to
    for (;;) {
      do low += ENTRY_SIZE
      while (low < to && isBefore(order, low, from, level))
      do high -= ENTRY_SIZE
      while (isBefore(order, from, high, level))
      if (low >= high) break
      swapEntries(low, high)
    }
    swapEntries(from, high)
    if (high - from < to - high) {
      sortByComparison(order, from, high, level)
      from = high + ENTRY_SIZE
    } else {
      sortByComparison(order, high + ENTRY_SIZE, to, level)
      to = high
    }
  }
  insertionSort(order, from, to, level)
}

function insertionSort(order: usize, from: usize, to: usize, level: u32): void {
  for (let entry = from + ENTRY_SIZE; entry < to; entry += ENTRY_SIZE) {
    let place = entry
    while (place > from && isBefore(order, entry, place - ENTRY_SIZE, level)) place -= ENTRY_SIZE
    if (place == entry) continue
    const head = v128.load(entry)
    const tail = load<u64>(entry, 16)
    for (let at = entry; at > place; at -= ENTRY_SIZE) moveEntry(at, at - ENTRY_SIZE)
    v128.store(place, head)
    store<u64>(place, tail, 16)
  }
}

/** Whether one entry comes before another; of lines that nothing tells apart the one that was read first does. */
function isBefore(order: usize, a: usize, b: usize, level: u32): bool {
  const aPrefix = load<u64>(a, PREFIX)
  const bPrefix = load<u64>(b, PREFIX)
  if (aPrefix != bPrefix) return aPrefix < bPrefix
  const result = compareRests(order, a, b, level)
  return result != 0 ? result < 0 : load<u32>(a, TEXT) < load<u32>(b, TEXT)
}

export function moveEntry(to: usize, from: usize): void {
  v128.store(to, v128.load(from))
  store<u64>(to, load<u64>(from, 16), 16)
}

function swapEntries(a: usize, b: usize): void {
  const head = v128.load(a)
  const tail = load<u64>(a, 16)
  moveEntry(a, b)
  v128.store(b, head)
  store<u64>(b, tail, 16)
}
