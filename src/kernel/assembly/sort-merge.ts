import { copyBlocks, copyBytes } from './bytes'
import { readTail, TAIL_SIZE, writeTail } from './counted'
import { findByte } from './scan'
import { compareRests, prepare } from './sort-compare'
import { DELIMITER, ENTRY_SIZE, LENGTH, PREFIX, TEXT } from './sort-order'

// Merging sorted sources with a tree of losers: each line costs one comparison a level of the tree.

// A source, as src/tools/lines/sort/merge.ts lays it out: the entry of its next line, and what follows.
const NEXT: usize = 24 // u32: the address of the line after that
const END: usize = 28 // u32: where the lines end
const KIND: usize = 32 // u32
const SOURCE_SIZE: usize = 40

const LINES: u32 = 0 // whole lines; more may come
const LAST_LINES: u32 = 1 // whole lines, and no more
const EXHAUSTED: u32 = 2

// A merge.
const ORDER: usize = 0 // u32
const COUNT: usize = 4 // u32: how many sources
const SOURCES: usize = 8 // u32: their address
const TREE: usize = 12 // u32: the address of a word for each source: the winner, then the losers
const STATE: usize = 16 // u32
const WANTED: usize = 20 // u32: the source whose lines are used up, or how much room is wanted
const UNIQUE: usize = 24 // u32: a line that equals the one before it is dropped
const KEPT_ROOM: usize = 28 // u32: room for the line written last
const KEPT: usize = 32 // an entry: the line written last, at the address that the caller put there
const HAS_KEPT: usize = 56 // u32
const COUNTS: usize = 60 // u32: lines end with a count; equal ones become one with the sum
const KEPT_COUNT: usize = 64 // u64: the count of the kept line, which is not written before the next one comes

const MERGING: u32 = 0
const STARTING: u32 = 1 // the sources hold their first lines, but no tree stands
const REFILLING: u32 = 2 // the winner wants more lines before it can go on
const NEEDS_ROOM: u32 = 3 // the next line does not fit into the output
const NEEDS_KEPT_ROOM: u32 = 4 // the next line does not fit where the last one is kept
const DONE: u32 = 5

const NOBODY: u32 = 0xffffffff

/** Writes lines in order to [out, outEnd) until something is missing; returns where it stopped. STATE tells why. */
export function mergeLines(merge: usize, out: usize, outEnd: usize): usize {
  const order = <usize>load<u32>(merge, ORDER)
  const sources = <usize>load<u32>(merge, SOURCES)
  const tree = <usize>load<u32>(merge, TREE)
  const delimiter = load<u32>(order, DELIMITER)
  const unique = load<u32>(merge, UNIQUE) != 0
  const counts = load<u32>(merge, COUNTS) != 0
  let isRefilled = load<u32>(merge, STATE) == REFILLING
  if (load<u32>(merge, STATE) == STARTING) plantTree(merge)
  while (true) {
    const winner = load<u32>(tree)
    const source = sources + <usize>winner * SOURCE_SIZE
    if (!isRefilled) {
      if (load<u32>(source, KIND) == EXHAUSTED) {
        if (!counts || load<u32>(merge, HAS_KEPT) == 0) return stop(merge, DONE, 0, out)
        if (!hasRoomForKept(merge, out, outEnd)) return stop(merge, NEEDS_ROOM, roomForKept(merge), out)
        return stop(merge, DONE, 0, writeKept(merge, delimiter, out))
      }
      const length = <usize>load<u32>(source, LENGTH)
      if (counts) {
        const count = readTail(<usize>load<u32>(source, TEXT) + length)
        if (equalsKept(merge, order, source)) {
          store<u64>(merge, load<u64>(merge, KEPT_COUNT) + count, KEPT_COUNT)
        } else {
          if (load<u32>(merge, HAS_KEPT) != 0) {
            if (!hasRoomForKept(merge, out, outEnd)) return stop(merge, NEEDS_ROOM, roomForKept(merge), out)
            out = writeKept(merge, delimiter, out)
          }
          if (load<u32>(merge, KEPT_ROOM) < <u32>length) return stop(merge, NEEDS_KEPT_ROOM, <u32>length, out)
          keep(merge, order, source)
          store<u64>(merge, count, KEPT_COUNT)
        }
      } else if (!unique || !equalsKept(merge, order, source)) {
        if (outEnd - out <= length) return stop(merge, NEEDS_ROOM, <u32>length + 1, out)
        if (unique) {
          if (load<u32>(merge, KEPT_ROOM) < <u32>length) return stop(merge, NEEDS_KEPT_ROOM, <u32>length, out)
          keep(merge, order, source)
        }
        const line = <usize>load<u32>(source, TEXT)
        out = copyBlocks(out, line, line + length)
        store<u8>(out++, <u8>delimiter)
      }
    }
    isRefilled = false
    if (!advance(order, source, delimiter, counts)) return stop(merge, REFILLING, winner, out)
    replay(merge, order, winner)
  }
}

function stop(merge: usize, state: u32, wanted: u32, out: usize): usize {
  store<u32>(merge, state, STATE)
  store<u32>(merge, wanted, WANTED)
  return out
}

/** Takes a source's next line into its entry; false when that has to be read first. */
function advance(order: usize, source: usize, delimiter: u32, counts: bool): bool {
  const kind = load<u32>(source, KIND)
  const next = <usize>load<u32>(source, NEXT)
  const end = <usize>load<u32>(source, END)
  if (next == end) {
    if (kind == LINES) return false
    store<u32>(source, EXHAUSTED, KIND)
    store<u64>(source, u64.MAX_VALUE, PREFIX)
    return true
  }
  const lineEnd = findByte(next, end, delimiter)
  store<u32>(source, <u32>next, TEXT)
  store<u32>(source, <u32>(lineEnd - next) - (counts ? <u32>TAIL_SIZE : 0), LENGTH)
  store<u32>(source, <u32>min(lineEnd + 1, end), NEXT)
  prepare(order, source, 0)
  return true
}

/** Lets every source play. */
function plantTree(merge: usize): void {
  const order = <usize>load<u32>(merge, ORDER)
  const count = load<u32>(merge, COUNT)
  const tree = <usize>load<u32>(merge, TREE)
  const sources = <usize>load<u32>(merge, SOURCES)
  const delimiter = load<u32>(order, DELIMITER)
  const counts = load<u32>(merge, COUNTS) != 0
  for (let index: u32 = 0; index < count; index++) {
    advance(order, sources + <usize>index * SOURCE_SIZE, delimiter, counts)
    store<u32>(tree + ((<usize>index) << 2), NOBODY)
  }
  for (let index: u32 = 0; index < count; index++) replay(merge, order, index)
  store<u32>(merge, MERGING, STATE)
}

/** Plays a source's new line against the losers above it, as far as there are any. */
function replay(merge: usize, order: usize, player: u32): void {
  const tree = <usize>load<u32>(merge, TREE)
  const sources = <usize>load<u32>(merge, SOURCES)
  for (let node = (player + load<u32>(merge, COUNT)) >> 1; node > 0; node >>= 1) {
    const place = tree + ((<usize>node) << 2)
    const other = load<u32>(place)
    if (other == NOBODY) {
      store<u32>(place, player)
      return
    }
    if (isBefore(order, sources + <usize>other * SOURCE_SIZE, sources + <usize>player * SOURCE_SIZE)) {
      store<u32>(place, player)
      player = other
    }
  }
  store<u32>(tree, player)
}

/** Whether one source's line comes before another's; of equal lines that of the earlier source does. */
function isBefore(order: usize, a: usize, b: usize): bool {
  const aPrefix = load<u64>(a, PREFIX)
  const bPrefix = load<u64>(b, PREFIX)
  if (aPrefix != bPrefix) return aPrefix < bPrefix
  if (load<u32>(a, KIND) == EXHAUSTED) return false
  if (load<u32>(b, KIND) == EXHAUSTED) return true
  const result = compareRests(order, a, b, 0)
  return result != 0 ? result < 0 : a < b
}

function equalsKept(merge: usize, order: usize, source: usize): bool {
  const kept = merge + KEPT
  return (
    load<u32>(merge, HAS_KEPT) != 0 &&
    load<u64>(kept, PREFIX) == load<u64>(source, PREFIX) &&
    compareRests(order, kept, source, 0) == 0
  )
}

function keep(merge: usize, order: usize, source: usize): void {
  const kept = merge + KEPT
  const length = load<u32>(source, LENGTH)
  const line = <usize>load<u32>(source, TEXT)
  copyBytes(load<u32>(kept, TEXT), line, line + <usize>length)
  store<u32>(kept, length, LENGTH)
  prepare(order, kept, 0)
  store<u32>(merge, 1, HAS_KEPT)
}

function roomForKept(merge: usize): u32 {
  return load<u32>(merge, KEPT + LENGTH) + <u32>TAIL_SIZE + 1
}

function hasRoomForKept(merge: usize, out: usize, outEnd: usize): bool {
  return outEnd - out >= <usize>roomForKept(merge)
}

/** Writes the kept line with its count; nothing is kept then. */
function writeKept(merge: usize, delimiter: u32, out: usize): usize {
  const length = <usize>load<u32>(merge, KEPT + LENGTH)
  const line = <usize>load<u32>(merge, KEPT + TEXT)
  copyBytes(out, line, line + length)
  writeTail(out + length, load<u64>(merge, KEPT_COUNT))
  store<u8>(out + length + TAIL_SIZE, <u8>delimiter)
  store<u32>(merge, 0, HAS_KEPT)
  return out + length + TAIL_SIZE + 1
}

/**
 * Looks for the first line of [from, to) that does not follow the one before it: less than that, or equal where
 * `strictly`. `last` is the entry of the line before `from` when it has an address. Returns the line's address, or 0; `last`
 * becomes the entry of the line before it, or of the range's last line.
 */
export function findDisorder(order: usize, from: usize, to: usize, last: usize, strictly: bool): usize {
  const delimiter = load<u32>(order, DELIMITER)
  let previous = last
  let current = last + ENTRY_SIZE
  let hasPrevious = load<u32>(last, TEXT) != 0
  for (let line = from; line < to;) {
    const end = findByte(line, to, delimiter)
    store<u32>(current, <u32>line, TEXT)
    store<u32>(current, <u32>(end - line), LENGTH)
    prepare(order, current, 0)
    if (hasPrevious && !follows(order, previous, current, strictly)) return line
    const spare = previous
    previous = current
    current = spare
    hasPrevious = true
    line = end + 1
  }
  if (previous != last) memory.copy(last, previous, ENTRY_SIZE)
  return 0
}

function follows(order: usize, previous: usize, current: usize, strictly: bool): bool {
  const a = load<u64>(previous, PREFIX)
  const b = load<u64>(current, PREFIX)
  if (a != b) return a < b
  const result = compareRests(order, previous, current, 0)
  return strictly ? result < 0 : result <= 0
}
