import { copyBlocks } from './bytes'
import { findByte } from './scan'
import { compareLines, compareRests, prepare } from './sort-compare'
import { ENTRY_SIZE, LENGTH, PREFIX, TEXT } from './sort-order'
import { moveEntry, sortRange } from './sort-quick'

// Text and the table of its lines' entries: made, sorted, and written out again.

/** Copies text, and returns how many delimiters it holds. */
export function copyText(from: usize, length: usize, to: usize, delimiter: u32): u32 {
  const wanted = i8x16.splat(<i8>delimiter)
  let count: u32 = 0
  let at: usize = 0
  for (; at + 16 <= length; at += 16) {
    const bytes = v128.load(from + at)
    v128.store(to + at, bytes)
    count += popcnt(i8x16.bitmask(v128.eq<i8>(bytes, wanted)))
  }
  for (; at < length; at++) {
    const byte = load<u8>(from + at)
    store<u8>(to + at, byte)
    if (byte == delimiter) count++
  }
  return count
}

/** Makes a table of the lines of [from, to), each of which ends with the delimiter. */
export function tableLines(from: usize, to: usize, delimiter: u32, table: usize): void {
  for (let line = from; line < to; table += ENTRY_SIZE) {
    const end = findByte(line, to, delimiter)
    store<u32>(table, <u32>line, TEXT)
    store<u32>(table, <u32>(end - line), LENGTH)
    line = end + 1
  }
}

export function sortTable(order: usize, table: usize, end: usize): void {
  for (let entry = table; entry < end; entry += ENTRY_SIZE) prepare(order, entry, 0)
  sortRange(order, table, end, 0)
}

/**
 * Keeps the entries of lines before that of the entry `limit`, or from it on when `above` is set; returns the table's new
 * end. `limit` is prepared for the first level.
 */
export function dropEntries(order: usize, table: usize, end: usize, limit: usize, above: bool): usize {
  let kept = table
  const limitPrefix = load<u64>(limit, PREFIX)
  for (let entry = table; entry < end; entry += ENTRY_SIZE) {
    prepare(order, entry, 0)
    const prefix = load<u64>(entry, PREFIX)
    const isBefore = prefix == limitPrefix ? compareRests(order, entry, limit, 0) < 0 : prefix < limitPrefix
    if (isBefore == above) continue
    if (kept != entry) moveEntry(kept, entry)
    kept += ENTRY_SIZE
  }
  return kept
}

/** Keeps the first of the lines that compare equal, of a sorted table; returns the table's new end. */
export function uniqueLines(order: usize, table: usize, end: usize): usize {
  if (table == end) return end
  let kept = table
  for (let entry = table + ENTRY_SIZE; entry < end; entry += ENTRY_SIZE) {
    const line = <usize>load<u32>(entry, TEXT)
    const keptLine = <usize>load<u32>(kept, TEXT)
    const keptEnd = keptLine + <usize>load<u32>(kept, LENGTH)
    if (compareLines(order, keptLine, keptEnd, line, line + load<u32>(entry, LENGTH), 0) == 0) continue
    kept += ENTRY_SIZE
    moveEntry(kept, entry)
  }
  return kept + ENTRY_SIZE
}

/** How many bytes the lines of a table take, each with a delimiter. */
export function measureEntries(table: usize, end: usize): usize {
  let size: usize = 0
  for (let entry = table; entry < end; entry += ENTRY_SIZE) size += <usize>load<u32>(entry, LENGTH) + 1
  return size
}

/** Where the entries end whose lines, each with a delimiter, take `size` bytes at most; at least one is among them. */
export function fitEntries(table: usize, end: usize, size: usize): usize {
  let taken: usize = 0
  let entry = table
  do {
    taken += <usize>load<u32>(entry, LENGTH) + 1
    entry += ENTRY_SIZE
  } while (entry < end && taken + <usize>load<u32>(entry, LENGTH) < size)
  return entry
}

/** Writes the lines of a table in its order, so that who reads them on goes straight through memory. */
export function writeEntries(table: usize, end: usize, delimiter: u32, out: usize): void {
  for (let entry = table; entry < end; entry += ENTRY_SIZE) {
    const length = <usize>load<u32>(entry, LENGTH)
    const line = <usize>load<u32>(entry, TEXT)
    out = copyBlocks(out, line, line + length)
    store<u8>(out++, <u8>delimiter)
  }
}
