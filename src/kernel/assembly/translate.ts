import { isMember, members } from './byteset'

// What `tr` does to bytes, in place.

/** Replaces every byte of [from, to) by its entry in the 256 bytes at `table`. */
export function translateInPlace(from: usize, to: usize, table: usize): void {
  const rows = changedRows(table)
  let at = from
  for (; at + 64 <= to; at += 64) {
    const a = v128.load(at)
    const b = v128.load(at, 16)
    const c = v128.load(at, 32)
    const d = v128.load(at, 48)
    let newA = a
    let newB = b
    let newC = c
    let newD = d
    for (let row = changes; row < rows; row += 32) {
      // Lanes of another row have an index above 15 here, for which a swizzle gives zero: no change.
      const change = v128.load(row)
      const high = v128.load(row, 16)
      newA = v128.xor(newA, i8x16.swizzle(change, v128.xor(a, high)))
      newB = v128.xor(newB, i8x16.swizzle(change, v128.xor(b, high)))
      newC = v128.xor(newC, i8x16.swizzle(change, v128.xor(c, high)))
      newD = v128.xor(newD, i8x16.swizzle(change, v128.xor(d, high)))
    }
    v128.store(at, newA)
    v128.store(at, newB, 16)
    v128.store(at, newC, 32)
    v128.store(at, newD, 48)
  }
  for (; at < to; at++) store<u8>(at, load<u8>(table + load<u8>(at)))
}

/** For each sixteen bytes of a table that change some byte: what to xor each with, and their high bits. */
const changes = memory.data(16 * 32, 16)

/** Fills `changes` and returns its end. */
function changedRows(table: usize): usize {
  const identity = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
  let row = changes
  for (let first = 0; first < 256; first += 16) {
    const high = i8x16.splat(<i8>first)
    const change = v128.xor(v128.load(table + first), v128.or(identity, high))
    if (!v128.any_true(change)) continue
    v128.store(row, change)
    v128.store(row, high, 16)
    row += 32
  }
  return row
}

/** Removes the bytes of [from, to) that are in `set`, and closes up; returns the new end. */
export function removeBytes(from: usize, to: usize, set: usize): usize {
  prepareKeepers()
  const low = v128.load(set)
  const high = v128.load(set, 16)
  let out = from
  let at = from
  for (; at + 16 <= to; at += 16) {
    const bytes = v128.load(at)
    out = storeKept(bytes, i8x16.bitmask(members(bytes, low, high)), out)
  }
  for (; at < to; at++) {
    const byte = load<u8>(at)
    if (!isMember(set, byte)) store<u8>(out++, byte)
  }
  return out
}

/**
 * Removes the bytes of [from, to) that are in `set` and follow their like, and closes up; returns the new end.
 * `previous` is the byte before `from`, or above 255 when there is none.
 */
export function squeezeBytes(from: usize, to: usize, set: usize, previous: u32): usize {
  if (from == to) return to
  prepareKeepers()
  const low = v128.load(set)
  const high = v128.load(set, 16)
  let out = from
  let at = from
  // The last lane is the byte before the next vector. Where there is none, the first byte is kept as it is.
  let before = i8x16.splat(<i8>(previous > 255 ? ~load<u8>(from) : previous))
  for (; at + 16 <= to; at += 16) {
    const bytes = v128.load(at)
    const shifted = i8x16.shuffle(before, bytes, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30)
    const repeats = v128.and(v128.eq<i8>(bytes, shifted), members(bytes, low, high))
    out = storeKept(bytes, i8x16.bitmask(repeats), out)
    before = bytes
  }
  let last = <u32>i8x16.extract_lane_u(before, 15)
  for (; at < to; at++) {
    const byte = <u32>load<u8>(at)
    if (byte != last || !isMember(set, byte)) store<u8>(out++, byte)
    last = byte
  }
  return out
}

/**
 * Replaces the bytes of [from, to) that are in `set` by `byte`, and leaves one of it where several stand together; returns
 * the new end. `previous` is the byte before `from`, or above 255 when there is none.
 */
export function replaceRuns(from: usize, to: usize, set: usize, byte: u32, previous: u32): usize {
  prepareKeepers()
  const low = v128.load(set)
  const high = v128.load(set, 16)
  const replacements = i8x16.splat(<i8>byte)
  let out = from
  let at = from
  let isBehind: i32 = previous == byte ? 1 : 0
  for (; at + 16 <= to; at += 16) {
    const bytes = v128.load(at)
    const replaced = v128.bitselect(replacements, bytes, members(bytes, low, high))
    const places = i8x16.bitmask(v128.eq<i8>(replaced, replacements))
    out = storeKept(replaced, places & ((places << 1) | isBehind), out)
    isBehind = places >>> 15
  }
  for (; at < to; at++) {
    const old = <u32>load<u8>(at)
    const replaced = isMember(set, old) ? byte : old
    const isByte = i32(replaced == byte)
    if (!(isByte & isBehind)) store<u8>(out++, <u8>replaced)
    isBehind = isByte
  }
  return out
}

/** For each mask of eight lanes to drop: the indexes of the lanes to keep. */
const keepers = memory.data(256 * 8, 16)

function prepareKeepers(): void {
  if (load<u8>(keepers, 1)) return
  for (let dropped: usize = 0; dropped < 256; dropped++) {
    let next = keepers + (dropped << 3)
    for (let lane: usize = 0; lane < 8; lane++) if (!((dropped >> lane) & 1)) store<u8>(next++, <u8>lane)
  }
}

/** Stores the lanes that `dropped` does not name at `out`, which is not above where they came from. */
@inline function storeKept(bytes: v128, dropped: i32, out: usize): usize {
  if (dropped == 0) {
    v128.store(out, bytes)
    return out + 16
  }
  const first = dropped & 0xff
  const second = dropped >>> 8
  const low = v128.load64_zero(keepers + (<usize>first << 3))
  const high = i8x16.add(v128.load64_zero(keepers + (<usize>second << 3)), i8x16.splat(8))
  v128.store64_lane(out, i8x16.swizzle(bytes, low), 0)
  out += 8 - <usize>popcnt(first)
  v128.store64_lane(out, i8x16.swizzle(bytes, high), 0)
  return out + 8 - <usize>popcnt(second)
}
