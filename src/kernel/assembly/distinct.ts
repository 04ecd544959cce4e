import { copyBytes } from './bytes'
import { findByte } from './scan'
import { ENTRY_SIZE, LENGTH, TEXT } from './sort-order'

// Counting equal lines in a hash table: an array of slots that lead to records. src/tools/lines/sort/distinct.ts
// lays the table out; 32-bit words:

const SLOTS: usize = 0 // address of the slots
const MASK: usize = 4 // their number, a power of two, less one
const RECORDS: usize = 8 // how many records there are
const NEXT: usize = 12 // where the next record goes
const ROOM_END: usize = 16 // where the room for records ends
const DELIMITER: usize = 20 // the byte that ends a line
const NEEDED: usize = 24 // set when room is missing: bytes that the next record takes
const SEED: usize = 28 // makes the hashes of a run its own, so that no input is made to collide

// A slot: the hash of a line and the address of its record, or 0.
const SLOT_SIZE: usize = 8
const RECORD: usize = 4

// A record: how often the line came, its length, its hash, its bytes.
const COUNT: usize = 0
const LINE_LENGTH: usize = 8
const HASH: usize = 12
const LINE: usize = 16

/**
 * Counts the lines of [from, to), each of which ends with the delimiter, except perhaps the last. Returns where it
 * stopped for want of room: NEEDED tells how much the record takes, or 0 that the slots are half full.
 */
export function countLines(table: usize, from: usize, to: usize): usize {
  const slots = <usize>load<u32>(table, SLOTS)
  const mask = load<u32>(table, MASK)
  const delimiter = load<u32>(table, DELIMITER)
  const seed = load<u32>(table, SEED)
  for (let line = from; line < to;) {
    const end = findByte(line, to, delimiter)
    const length = <u32>(end - line)
    const hash = hashOf(line, length, seed)
    let place = hash & mask
    while (true) {
      const slot = slots + <usize>place * SLOT_SIZE
      const record = <usize>load<u32>(slot, RECORD)
      if (record == 0) {
        if (!insert(table, slot, hash, line, length)) return line
        break
      }
      if (
        load<u32>(slot) == hash &&
        load<u32>(record, LINE_LENGTH) == length &&
        isSame(record + LINE, line, length)
      ) {
        store<u64>(record, load<u64>(record, COUNT) + 1, COUNT)
        break
      }
      place = (place + 1) & mask
    }
    line = end + 1
  }
  return to
}

function insert(table: usize, slot: usize, hash: u32, line: usize, length: u32): bool {
  const records = load<u32>(table, RECORDS) + 1
  const record = <usize>load<u32>(table, NEXT)
  const size = recordSize(length)
  if (records * 2 > load<u32>(table, MASK)) {
    store<u32>(table, 0, NEEDED)
    return false
  }
  if (record + size > <usize>load<u32>(table, ROOM_END)) {
    store<u32>(table, <u32>size, NEEDED)
    return false
  }
  store<u32>(slot, hash)
  store<u32>(slot, <u32>record, RECORD)
  store<u64>(record, 1, COUNT)
  store<u32>(record, length, LINE_LENGTH)
  store<u32>(record, hash, HASH)
  copyBytes(record + LINE, line, line + length)
  store<u32>(table, records, RECORDS)
  store<u32>(table, <u32>(record + size), NEXT)
  return true
}

@inline function recordSize(length: u32): usize {
  return (LINE + <usize>length + 7) & ~7
}

/** Puts the records of old slots into the table's new ones, which are empty and more. */
export function moveRecords(table: usize, old: usize, oldEnd: usize): void {
  const slots = <usize>load<u32>(table, SLOTS)
  const mask = load<u32>(table, MASK)
  for (let slot = old; slot < oldEnd; slot += SLOT_SIZE) {
    if (load<u32>(slot, RECORD) == 0) continue
    let place = load<u32>(slot) & mask
    while (load<u32>(slots + <usize>place * SLOT_SIZE, RECORD) != 0) place = (place + 1) & mask
    store<u64>(slots + <usize>place * SLOT_SIZE, load<u64>(slot))
  }
}

/** Makes entries, as sorting wants them, of the records of [from, to) in their order; returns the end of the entries. */
export function listRecords(from: usize, to: usize, entries: usize): usize {
  for (let record = from; record < to; record += recordSize(load<u32>(record, LINE_LENGTH))) {
    store<u32>(entries, <u32>(record + LINE), TEXT)
    store<u32>(entries, load<u32>(record, LINE_LENGTH), LENGTH)
    entries += ENTRY_SIZE
  }
  return entries
}

// Which lines are written.
const ONCE: u32 = 1 // those that came once
const AGAIN: u32 = 2 // the others
const COUNTED: u32 = 4 // with their counts before them, as uniq -c writes them
const TAILED: u32 = 8 // with their counts behind them, as runs hold them

/** Bytes of a count in a run: seven bits each, and never a delimiter. */
export const TAIL_SIZE: usize = 8

/** What is written beside a line: a count, a blank, and the delimiter. */
const ADDED: usize = 24

/**
 * Writes the lines of [entries, end) to [out, outEnd) as `how` says. Returns the entry where room was missing, or
 * `end`; `writtenEnd` tells how far it wrote.
 */
export function writeRecords(entries: usize, end: usize, delimiter: u32, how: u32, out: usize, outEnd: usize): usize {
  for (; entries < end; entries += ENTRY_SIZE) {
    const line = <usize>load<u32>(entries, TEXT)
    const length = <usize>load<u32>(entries, LENGTH)
    if (outEnd - out < length + ADDED) break
    out = writeLine(out, line, length, load<u64>(line - LINE, COUNT), delimiter, how)
  }
  written = out
  return entries
}

/** As `writeRecords`, for the lines of a run in [from, to). Returns where it stopped. */
export function writeTailed(from: usize, to: usize, delimiter: u32, how: u32, out: usize, outEnd: usize): usize {
  while (from < to) {
    const end = findByte(from, to, delimiter)
    const length = end - from - TAIL_SIZE
    if (outEnd - out < length + ADDED) break
    out = writeLine(out, from, length, readTail(from + length), delimiter, how)
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
  out = copyBytes(out, line, line + length)
  if (how & TAILED) {
    writeTail(out, count)
    out += TAIL_SIZE
  }
  store<u8>(out++, <u8>delimiter)
  return out
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

const PRIME: u64 = 0x9e3779b97f4a7c15

/** Reads no byte beyond the line: the last eight are read again where the length is no multiple of eight. */
@inline function hashOf(line: usize, length: u32, seed: u32): u32 {
  let hash = (<u64>seed << 32 | <u64>length) * PRIME
  if (length >= 8) {
    const last = line + <usize>length - 8
    for (let at = line; at < last; at += 8) hash = mix(hash, load<u64>(at))
    hash = mix(hash, load<u64>(last))
  } else if (length >= 4) {
    hash = mix(hash, (<u64>load<u32>(line) << 32) | <u64>load<u32>(line + <usize>length - 4))
  } else if (length > 0) {
    const middle = <u64>load<u8>(line + (<usize>length >> 1)) << 8
    hash = mix(hash, (<u64>load<u8>(line) << 16) | middle | <u64>load<u8>(line + <usize>length - 1))
  }
  return <u32>(hash ^ (hash >> 32))
}

@inline function mix(hash: u64, bytes: u64): u64 {
  const mixed = (hash ^ bytes) * PRIME
  return mixed ^ (mixed >> 32)
}

@inline function isSame(one: usize, other: usize, length: u32): bool {
  if (length < 8) {
    for (let at: usize = 0; at < <usize>length; at++) if (load<u8>(one + at) != load<u8>(other + at)) return false
    return true
  }
  const last = <usize>length - 8
  for (let at: usize = 0; at < last; at += 8) if (load<u64>(one + at) != load<u64>(other + at)) return false
  return load<u64>(one + last) == load<u64>(other + last)
}
