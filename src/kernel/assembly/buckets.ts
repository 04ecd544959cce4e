import { copyBlocks } from './bytes'
import {
  BLOCK,
  COUNT,
  HASH,
  LINE,
  LINE_LENGTH,
  MASK,
  RECORD,
  recordSize,
  SHIFT,
  SLOT_SIZE,
  SLOTS,
} from './distinct'

// The records of a table in buckets: those whose hashes begin with the same bits. What several tables hold of the same
// lines is in the same buckets, which are joined one by one. src/tools/lines/sort/buckets.ts calls these.

/** Bits of a hash that are its bucket's number. */
const BUCKET_BITS: u32 = 10
const REST_BITS: u32 = 32 - BUCKET_BITS

/** Adds to the 32-bit numbers at `sizes` how many bytes the records of [from, to) take, by bucket. */
export function measureBuckets(from: usize, to: usize, sizes: usize): void {
  while (from < to) {
    const size = recordSize(load<u32>(from, LINE_LENGTH))
    const sum = sizes + ((<usize>(load<u32>(from, HASH) >> REST_BITS)) << 2)
    store<u32>(sum, load<u32>(sum) + <u32>size)
    from += size
  }
}

/** Copies the records of [from, to), each to where its bucket goes on: the addresses at `places`, which move on by that. */
export function scatterRecords(from: usize, to: usize, places: usize): void {
  while (from < to) {
    const end = from + recordSize(load<u32>(from, LINE_LENGTH))
    const place = places + ((<usize>(load<u32>(from, HASH) >> REST_BITS)) << 2)
    store<u32>(place, <u32>copyBlocks(load<u32>(place), from, end))
    from = end
  }
}

/** Copies the records of a table's bucket to `out`; returns their end. They stand from its first slot on, up to a free one. */
export function copyBucket(table: usize, bucket: u32, out: usize): usize {
  const slots = <usize>load<u32>(table, SLOTS)
  const mask = load<u32>(table, MASK)
  const shift = load<u32>(table, SHIFT)
  const first = bucket << REST_BITS
  const last = (first | (((<u32>1) << REST_BITS) - 1)) >> shift
  let place = first >> shift
  while (true) {
    const slot = slots + <usize>(place & mask) * SLOT_SIZE
    const record = <usize>load<u32>(slot, RECORD)
    if (record == 0) {
      if (place >= last) return out
    } else if (load<u32>(slot) >> REST_BITS == bucket)
      out = copyBlocks(out, record, record + recordSize(load<u32>(record, LINE_LENGTH)))
    place++
  }
}

/** How many records there are in [from, to). */
export function countRecords(from: usize, to: usize): u32 {
  let count: u32 = 0
  for (; from < to; from += recordSize(load<u32>(from, LINE_LENGTH))) count++
  return count
}

/**
 * Joins the records of [from, to) that hold the same line: the first one gets the sum of their counts. What is left is
 * moved together; returns its end. The slots are empty and more than the records.
 */
export function joinRecords(from: usize, to: usize, slots: usize, mask: u32): usize {
  let kept = from
  while (from < to) {
    const size = recordSize(load<u32>(from, LINE_LENGTH))
    const slot = findSlot(from, size, slots, mask)
    const same = <usize>load<u32>(slot)
    if (same != 0) store<u64>(same, load<u64>(same, COUNT) + load<u64>(from, COUNT), COUNT)
    else {
      store<u32>(slot, <u32>kept)
      if (kept != from) memory.copy(kept, from, size)
      kept += size
    }
    from += size
  }
  return kept
}

/** The slot of the record with the same line, or the free one where it would be. The last bits of a hash tell. */
@inline function findSlot(record: usize, size: usize, slots: usize, mask: u32): usize {
  const hash = load<u32>(record, HASH)
  let place = hash & mask
  while (true) {
    const slot = slots + ((<usize>place) << 2)
    const other = <usize>load<u32>(slot)
    if (other == 0 || (load<u32>(other, HASH) == hash && isSame(other, record, size))) return slot
    place = (place + 1) & mask
  }
}

/** Whether two records hold the same line; behind a line are zeros up to the end of its record. */
@inline function isSame(one: usize, other: usize, size: usize): bool {
  if (load<u32>(one, LINE_LENGTH) != load<u32>(other, LINE_LENGTH)) return false
  for (let at = LINE; at < size; at += BLOCK)
    if (v128.any_true(v128.xor(v128.load(one + at), v128.load(other + at)))) return false
  return true
}
