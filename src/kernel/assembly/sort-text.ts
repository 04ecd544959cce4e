import { commonLength } from './bytes'
import { IGNORED, PREFIX, REST, REST_LENGTH } from './sort-order'

// Keys that are compared byte by byte, as they are or through a table.

const WINDOW: u32 = 8

/** Takes the next bytes of an entry's rest into its prefix. */
export function nextText(entry: usize, table: usize, reverse: bool): void {
  const rest = <usize>load<u32>(entry, REST)
  const length = load<u32>(entry, REST_LENGTH)
  let prefix: u64
  if (table == 0) {
    if (length <= WINDOW) {
      // Memory may end with the text: the bytes before it fill the window, and are shifted out.
      prefix = length == 0 ? 0 : bigEndian(rest + length - WINDOW) << (<u64>(64 - 8 * length))
      store<u32>(entry, length, REST)
      store<u32>(entry, 0, REST_LENGTH)
    } else {
      prefix = bigEndian(rest)
      store<u32>(entry, <u32>rest + WINDOW, REST)
      store<u32>(entry, length - WINDOW, REST_LENGTH)
    }
  } else {
    prefix = nextMapped(entry, rest, rest + length, table)
  }
  store<u64>(entry, reverse ? ~prefix : prefix, PREFIX)
}

function nextMapped(entry: usize, at: usize, end: usize, table: usize): u64 {
  let prefix: u64 = 0
  let held: u32 = 0
  for (; at < end; at++) {
    const byte = <u32>load<u16>(table + ((<usize>load<u8>(at)) << 1))
    if (byte == IGNORED) continue
    // Only a byte that counts is a rest.
    if (held == WINDOW) break
    prefix |= (<u64>byte) << (<u64>(56 - 8 * held))
    held++
  }
  store<u32>(entry, at < end ? <u32>at : held, REST)
  store<u32>(entry, <u32>(end - at), REST_LENGTH)
  return prefix
}

function bigEndian(at: usize): u64 {
  const bytes = v128.load64_zero(at)
  return i64x2.extract_lane(
    i8x16.shuffle(bytes, bytes, 7, 6, 5, 4, 3, 2, 1, 0, 8, 8, 8, 8, 8, 8, 8, 8),
    0,
  ) as u64
}

/** Compares bytes as unsigned numbers; a beginning of the other is the lesser. */
export function compareBytes(a: usize, aLength: u32, b: usize, bLength: u32): i32 {
  const length = <usize>min(aLength, bLength)
  const at = commonLength(a, b, length)
  if (at < length) return <i32>load<u8>(a + at) - <i32>load<u8>(b + at)
  return i32(aLength > bLength) - i32(aLength < bLength)
}

/** Compares what the table makes of the bytes. */
export function compareMapped(a: usize, aEnd: usize, b: usize, bEnd: usize, table: usize): i32 {
  // What is the same stays the same.
  const common = commonLength(a, b, min(aEnd - a, bEnd - b))
  a += common
  b += common
  while (true) {
    let aByte = IGNORED
    while (a < aEnd && aByte == IGNORED) aByte = <u32>load<u16>(table + ((<usize>load<u8>(a++)) << 1))
    let bByte = IGNORED
    while (b < bEnd && bByte == IGNORED) bByte = <u32>load<u16>(table + ((<usize>load<u8>(b++)) << 1))
    if (aByte == IGNORED || bByte == IGNORED) return i32(bByte == IGNORED) - i32(aByte == IGNORED)
    if (aByte != bByte) return <i32>aByte - <i32>bByte
  }
}

/** Writes what the table makes of the bytes to `out`, and returns how many those are. */
export function mapBytes(at: usize, end: usize, table: usize, out: usize): usize {
  const start = out
  for (; at < end; at++) {
    const byte = <u32>load<u16>(table + ((<usize>load<u8>(at)) << 1))
    if (byte != IGNORED) store<u8>(out++, <u8>byte)
  }
  return out - start
}
