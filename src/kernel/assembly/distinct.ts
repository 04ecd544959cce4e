import { copyBytes } from './bytes'
import { END, PIECE_SIZE, START } from './pieces'
import { ENTRY_SIZE, LENGTH, TEXT } from './sort-order'

// Counting equal lines in a hash table: an array of slots that lead to records. src/tools/lines/sort/distinct.ts
// lays the table out; 32-bit words:

export const SLOTS: usize = 0 // address of the slots
export const MASK: usize = 4 // their number, a power of two, less one
const RECORDS: usize = 8 // how many records there are
const NEXT: usize = 12 // where the next record goes
const ROOM_END: usize = 16 // where the room for records ends
const DELIMITER: usize = 20 // the byte that ends a line
const NEEDED: usize = 24 // set when room is missing: bytes that the next record takes
const SEED: usize = 28 // makes the hashes of a process its own, so that no input is made to collide
export const SHIFT: usize = 32 // how far a hash is shifted to be the number of a slot: its first bits are that

// A slot: the hash of a line and the address of its record, or 0.
export const SLOT_SIZE: usize = 8
export const RECORD: usize = 4

// A record: how often the line came, its length, its hash, its bytes.
export const COUNT: usize = 0
export const LINE_LENGTH: usize = 8
export const HASH: usize = 12
export const LINE: usize = 16

// Lines are looked at sixteen bytes at a time, the last of them with zeros behind the line. Records hold them so.
export const BLOCK: usize = 16

/** Sixteen bytes that count, and sixteen that do not: read from its end on, it keeps as many bytes as wanted. */
const KEEPS = memory.data<u64>([0xffffffffffffffff, 0xffffffffffffffff, 0, 0])

/** What of a line is read beyond the end of the text, with zeros instead. */
const LAST = memory.data(16)

// Lines are looked at in groups: all of a group are hashed, then looked up. What a lookup will read is read before, for
// all of them at once, so that the processor does not wait for one after the other where the table is larger than its cache.
const GROUP: usize = 16

/** So many slots are more than a processor's nearest caches hold. */
const LARGE: u32 = 0x8000

// A line of a group.
const WAITING: usize = 32
const WAITING_LINE: usize = 0 // its address
const WAITING_LENGTH: usize = 4
const WAITING_TAG: usize = 8 // its hash
const WAITING_LAST: usize = 16 // its last block

const group = memory.data(<i32>(GROUP * WAITING), 16)

/**
 * Counts the lines of [from, to), each of which ends with the delimiter, except perhaps the last. Returns where it
 * stopped for want of room: NEEDED tells how much the record takes, or 0 that more slots are needed.
 */
export function countLines(table: usize, from: usize, to: usize): usize {
  const slots = <usize>load<u32>(table, SLOTS)
  const mask = load<u32>(table, MASK)
  const shift = load<u32>(table, SHIFT)
  const delimiters = i8x16.splat(<i8>load<u32>(table, DELIMITER))
  const seed = <u64>load<u32>(table, SEED)
  while (from < to) {
    let end = group
    for (; from < to && end < group + GROUP * WAITING; end += WAITING)
      from = hashLine(delimiters, seed, from, to, end)
    if (mask >= LARGE) readAhead(slots, shift, end)
    for (let waiting = group; waiting < end; waiting += WAITING)
      if (!countLine(table, slots, mask, shift, waiting)) return load<u32>(waiting, WAITING_LINE)
  }
  return to
}

/** The same of listed pieces (pieces.ts): returns the place in the list. */
export function countPieces(table: usize, list: usize, listEnd: usize): usize {
  const slots = <usize>load<u32>(table, SLOTS)
  const mask = load<u32>(table, MASK)
  const shift = load<u32>(table, SHIFT)
  const seed = <u64>load<u32>(table, SEED)
  while (list < listEnd) {
    let end = group
    for (let piece = list; piece < listEnd && end < group + GROUP * WAITING; end += WAITING, piece += PIECE_SIZE)
      hashPiece(seed, load<u32>(piece, START), load<u32>(piece, END), end)
    if (mask >= LARGE) readAhead(slots, shift, end)
    for (let waiting = group; waiting < end; waiting += WAITING, list += PIECE_SIZE)
      if (!countLine(table, slots, mask, shift, waiting)) return list
  }
  return list
}

/** Hashes the line at `line` and puts it into its group; returns where the next one begins. */
@inline function hashLine(delimiters: v128, seed: u64, line: usize, to: usize, waiting: usize): usize {
  let hash = seed
  let at = line
  let last: v128
  let inLast: usize
  while (true) {
    last = at + BLOCK <= to ? v128.load(at) : lastOf(at, to)
    const ends = i8x16.bitmask(v128.eq<i8>(last, delimiters))
    inLast = ends != 0 ? <usize>ctz(ends) : BLOCK
    if (inLast > to - at) inLast = to - at
    if (inLast < BLOCK) break
    hash = mix(hash, last)
    at += BLOCK
  }
  wait(waiting, line, at + inLast - line, hash, v128.and(last, v128.load(KEEPS + BLOCK - inLast)))
  return at + inLast + 1
}

/** The same for a line whose end is known, and is not the text's. */
@inline function hashPiece(seed: u64, line: usize, end: usize, waiting: usize): void {
  let hash = seed
  let at = line
  for (; at + BLOCK <= end; at += BLOCK) hash = mix(hash, v128.load(at))
  wait(waiting, line, end - line, hash, v128.and(v128.load(at), v128.load(KEEPS + BLOCK - (end - at))))
}

@inline function wait(waiting: usize, line: usize, length: usize, before: u64, last: v128): void {
  const hash = mix(before, last)
  store<u32>(waiting, <u32>line, WAITING_LINE)
  store<u32>(waiting, <u32>length, WAITING_LENGTH)
  store<u32>(waiting, <u32>(hash ^ (hash >> 32)), WAITING_TAG)
  v128.store(waiting, last, WAITING_LAST)
}

/** Reads the slots of a group's lines, and the records that these lead to. */
@inline function readAhead(slots: usize, shift: u32, end: usize): void {
  let read: u32 = 0
  for (let waiting = group; waiting < end; waiting += WAITING)
    read ^= load<u32>(slots + <usize>(load<u32>(waiting, WAITING_TAG) >> shift) * SLOT_SIZE)
  for (let waiting = group; waiting < end; waiting += WAITING)
    read ^= load<u32>(load<u32>(slots + <usize>(load<u32>(waiting, WAITING_TAG) >> shift) * SLOT_SIZE, RECORD))
  store<u32>(LAST, read)
}

/** Looks a line up, and counts it or adds a record. Says when there is no room for that. */
@inline function countLine(table: usize, slots: usize, mask: u32, shift: u32, waiting: usize): bool {
  const line = <usize>load<u32>(waiting, WAITING_LINE)
  const length = load<u32>(waiting, WAITING_LENGTH)
  const tag = load<u32>(waiting, WAITING_TAG)
  const last = v128.load(waiting, WAITING_LAST)
  for (let place = tag >> shift; ; place = (place + 1) & mask) {
    const slot = slots + <usize>place * SLOT_SIZE
    const record = <usize>load<u32>(slot, RECORD)
    if (record == 0) return insert(table, slot, tag, line, length, last)
    if (load<u32>(slot) != tag || load<u32>(record, LINE_LENGTH) != length) continue
    if (!isSame(record + LINE, line, line + (<usize>length & ~(BLOCK - 1)), last)) continue
    store<u64>(record, load<u64>(record, COUNT) + 1, COUNT)
    return true
  }
}

function lastOf(at: usize, to: usize): v128 {
  v128.store(LAST, i8x16.splat(0))
  copyBytes(LAST, at, to)
  return v128.load(LAST)
}

function insert(table: usize, slot: usize, hash: u32, line: usize, length: u32, last: v128): bool {
  const records = load<u32>(table, RECORDS) + 1
  const record = <usize>load<u32>(table, NEXT)
  const size = recordSize(length)
  const mask = load<u32>(table, MASK)
  // Looking further than the first slot takes longest: they are a quarter full as long as that does not make them many.
  if (records * (mask < LARGE / 2 ? 4 : 2) > mask) {
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
  const whole = <usize>length & ~(BLOCK - 1)
  copyBytes(record + LINE, line, line + whole)
  v128.store(record + LINE + whole, last)
  store<u32>(table, records, RECORDS)
  store<u32>(table, <u32>(record + size), NEXT)
  return true
}

@inline export function recordSize(length: u32): usize {
  return LINE + ((<usize>length & ~(BLOCK - 1)) + BLOCK)
}

/** How many lines the records of [from, to) stand for. */
export function sumCounts(from: usize, to: usize): u64 {
  let sum: u64 = 0
  for (let record = from; record < to; record += recordSize(load<u32>(record, LINE_LENGTH)))
    sum += load<u64>(record, COUNT)
  return sum
}

/** Puts the records of old slots into the table's new ones, which are empty and more. */
export function moveRecords(table: usize, old: usize, oldEnd: usize): void {
  const slots = <usize>load<u32>(table, SLOTS)
  const mask = load<u32>(table, MASK)
  const shift = load<u32>(table, SHIFT)
  for (let slot = old; slot < oldEnd; slot += SLOT_SIZE) {
    if (load<u32>(slot, RECORD) == 0) continue
    let place = load<u32>(slot) >> shift
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

const PRIME: u64 = 0x9e3779b97f4a7c15

@inline function mix(hash: u64, bytes: v128): u64 {
  const first = (hash ^ i64x2.extract_lane(bytes, 0)) * PRIME
  const both = ((first >> 32) ^ first ^ i64x2.extract_lane(bytes, 1)) * PRIME
  return both ^ (both >> 29)
}

/** Whether a record holds the line whose last block begins at `at`. */
@inline function isSame(held: usize, line: usize, at: usize, last: v128): bool {
  for (; line < at; line += BLOCK, held += BLOCK)
    if (v128.any_true(v128.xor(v128.load(held), v128.load(line)))) return false
  return !v128.any_true(v128.xor(v128.load(held), last))
}
