import { commonLength, copyBlocks, copyBytes } from './bytes'
import { COUNT, LINE, LINE_LENGTH, recordSize } from './distinct'
import { findByte } from './scan'
import { ENTRY_SIZE, LENGTH, TEXT } from './sort-order'

// Writing lines with how often they came. src/tools/lines/sort/counted.ts calls these.

// Which lines are written.
const ONCE: u32 = 1 // those that came once
const AGAIN: u32 = 2 // the others
const COUNTED: u32 = 4 // with their counts before them, as uniq -c writes them
const TAILED: u32 = 8 // with their counts behind them, as runs hold them
const REPEATED: u32 = 16 // as often as they came; none of the above then

/** Bytes of a count in a run: seven bits each, and never a delimiter. */
export const TAIL_SIZE: usize = 8

/** What is written beside a line: a count, a blank, and the delimiter. */
const ADDED: usize = 24

/**
 * Writes the lines of [entries, end) to [out, outEnd) as `how` says. Returns the entry where room was missing, or
 * `end`; `writtenEnd` tells how far it wrote. A line that was repeated in part counts as often as is left.
 */
export function writeRecords(entries: usize, end: usize, delimiter: u32, how: u32, out: usize, outEnd: usize): usize {
  written = out
  for (; entries < end; entries += ENTRY_SIZE) {
    const record = <usize>load<u32>(entries, TEXT) - LINE
    if (!writeRecord(record, load<u32>(entries, LENGTH), delimiter, how, outEnd)) break
  }
  return entries
}

/** The same for the records of [from, to) in their order. */
export function writeBlock(from: usize, to: usize, delimiter: u32, how: u32, out: usize, outEnd: usize): usize {
  written = out
  while (from < to) {
    const length = load<u32>(from, LINE_LENGTH)
    if (!writeRecord(from, length, delimiter, how, outEnd)) break
    from += recordSize(length)
  }
  return from
}

/** Writes a record's line where the last one ended, or says that room is missing. */
@inline function writeRecord(record: usize, length: usize, delimiter: u32, how: u32, outEnd: usize): bool {
  const room = outEnd - written
  if (room < length + ADDED) return false
  const count = load<u64>(record, COUNT)
  if (!(how & REPEATED)) {
    written = writeLine(written, record + LINE, length, count, delimiter, how)
    return true
  }
  const times = min<u64>(count, room / (length + 1))
  written = repeatLine(written, record + LINE, length, <usize>times, delimiter)
  store<u64>(record, count - times, COUNT)
  return times == count
}

/** As `writeRecords`, for the lines of a run in [from, to). Returns where it stopped. */
export function writeTailed(from: usize, to: usize, delimiter: u32, how: u32, out: usize, outEnd: usize): usize {
  while (from < to) {
    const end = findByte(from, to, delimiter)
    const length = end - from - TAIL_SIZE
    if (outEnd - out < length + ADDED) break
    const count = readTail(from + length)
    if (how & REPEATED) {
      const times = min<u64>(count, (outEnd - out) / (length + 1))
      out = repeatLine(out, from, length, <usize>times, delimiter)
      if (times < count) {
        writeTail(from + length, count - times)
        break
      }
    } else out = writeLine(out, from, length, count, delimiter, how)
    from = end + 1
  }
  written = out
  return from
}

let written: usize = 0

/** Where the last call of `writeRecords` or `writeTailed` stopped writing. */
export function writtenEnd(): usize {
  return written
}

@inline function writeLine(out: usize, line: usize, length: usize, count: u64, delimiter: u32, how: u32): usize {
  if (!(how & (count == 1 ? ONCE : AGAIN))) return out
  if (how & COUNTED) out = writeCount(out, count)
  out = copyBlocks(out, line, line + length)
  if (how & TAILED) {
    writeTail(out, count)
    out += TAIL_SIZE
  }
  store<u8>(out++, <u8>delimiter)
  return out
}

/** Writes a line and its delimiter so many times: of what is written, twice as much is copied each time. */
function repeatLine(out: usize, line: usize, length: usize, times: usize, delimiter: u32): usize {
  const end = out + (length + 1) * times
  let filled = copyBytes(out, line, line + length) + 1
  store<u8>(filled - 1, <u8>delimiter)
  while (filled < end) {
    const size = min(filled - out, end - filled)
    copyBytes(filled, out, out + size)
    filled += size
  }
  return end
}

/** As C's "%7ju ". */
function writeCount(out: usize, count: u64): usize {
  let digits: usize = 1
  for (let rest = count / 10; rest != 0; rest /= 10) digits++
  let at = out + max<usize>(digits, 7)
  store<u8>(at, 0x20)
  const end = at + 1
  do {
    store<u8>(--at, <u8>(0x30 + (count % 10)))
    count /= 10
  } while (count != 0)
  while (at > out) store<u8>(--at, 0x20)
  return end
}

/**
 * Writes the lines of a sorted table to `out`, each different one once with its count behind it, and returns the end.
 * There is room for every line with a count and a delimiter.
 */
export function writeCounts(entries: usize, end: usize, delimiter: u32, out: usize): usize {
  for (let entry = entries; entry < end;) {
    const line = <usize>load<u32>(entry, TEXT)
    const length = <usize>load<u32>(entry, LENGTH)
    let count: u64 = 0
    do {
      count++
      entry += ENTRY_SIZE
    } while (
      entry < end &&
      <usize>load<u32>(entry, LENGTH) == length &&
      commonLength(line, load<u32>(entry, TEXT), length) == length
    )
    out = writeLine(out, line, length, count, delimiter, ONCE | AGAIN | TAILED)
  }
  return out
}

export function writeTail(out: usize, count: u64): void {
  for (let byte: usize = 0; byte < TAIL_SIZE; byte++) {
    store<u8>(out + byte, <u8>(0x80 | (count & 0x7f)))
    count >>= 7
  }
}

export function readTail(at: usize): u64 {
  let count: u64 = 0
  for (let byte = TAIL_SIZE; byte > 0; byte--) count = (count << 7) | <u64>(load<u8>(at + byte - 1) & 0x7f)
  return count
}
