// What `wc` counts beside bytes and lines, in the C locale: the only printable bytes are those of ASCII.

/**
 * Counts words in [from, to): runs of bytes between white space that hold at least one printable byte. A word counts
 * where its first printable byte stands. `inWord` says whether the bytes before `from` ended in a word.
 * Returns twice the count, plus one when `to` is in a word.
 */
export function countWords(from: usize, to: usize, inWord: u32): u32 {
  let count: u32 = 0
  let carry = <u64>inWord
  let at = from
  for (; at + 64 <= to; at += 64) {
    const a = v128.load(at)
    const b = v128.load(at, 16)
    const c = v128.load(at, 32)
    const d = v128.load(at, 48)
    const printable = join(isGraphic(a), isGraphic(b), isGraphic(c), isGraphic(d))
    const neutral = ~(printable | join(isSpace(a), isSpace(b), isSpace(c), isSpace(d)))
    // A run of neutral bytes goes on with what stands before it. Adding one at its start carries through all of it.
    const runsInWord = ((printable << 1) | carry) & neutral
    const word = printable | (neutral & ~(neutral + runsInWord))
    count += <u32>popcnt(printable & ~((word << 1) | carry))
    carry = word >> 63
  }
  for (; at < to; at++) {
    const byte = load<u8>(at)
    if (<u32>byte - 0x21 < 0x5e) {
      count += 1 - <u32>carry
      carry = 1
    } else if (byte == 0x20 || <u32>byte - 9 < 5) carry = 0
  }
  return (count << 1) | <u32>carry
}

@inline function isGraphic(bytes: v128): v128 {
  return v128.lt<u8>(i8x16.sub(bytes, i8x16.splat(0x21)), i8x16.splat(0x5e))
}

@inline function isSpace(bytes: v128): v128 {
  return v128.or(
    v128.eq<i8>(bytes, i8x16.splat(0x20)),
    v128.lt<u8>(i8x16.sub(bytes, i8x16.splat(9)), i8x16.splat(5)),
  )
}

/** A bit for each lane, the first lowest. */
@inline function join(a: v128, b: v128, c: v128, d: v128): u64 {
  const low = <u32>i8x16.bitmask(a) | (<u32>i8x16.bitmask(b) << 16)
  const high = <u32>i8x16.bitmask(c) | (<u32>i8x16.bitmask(d) << 16)
  return <u64>low | (<u64>high << 32)
}

/**
 * Follows the cursor of a display over [from, to). At `state`: its column and the largest column that it left, two
 * 64-bit numbers. A tab goes to the next multiple of eight; newline, return and form feed go back to column 0.
 */
export function measureLines(from: usize, to: usize, state: usize): void {
  let column = load<u64>(state)
  let longest = load<u64>(state, 8)
  for (let at = from; at < to; at += 64) {
    const size = min<usize>(64, to - at)
    let special = size == 64 ? specials(at) : specialsOfRest(at, size)
    let done: u64 = 0
    for (; special; special &= special - 1) {
      const place = <u64>ctz(special)
      column += place - done
      done = place + 1
      const byte = load<u8>(at + <usize>place)
      if (byte == 0x09) column += 8 - (column & 7)
      else if (byte == 0x0a || byte == 0x0d || byte == 0x0c) {
        longest = max(longest, column)
        column = 0
      }
    }
    column += <u64>size - done
  }
  store<u64>(state, column)
  store<u64>(state, longest, 8)
}

/** The bytes of the 64 at `at` that do not take one column. */
function specials(at: usize): u64 {
  const a = isWide(v128.load(at))
  return ~join(a, isWide(v128.load(at, 16)), isWide(v128.load(at, 32)), isWide(v128.load(at, 48)))
}

function specialsOfRest(at: usize, size: usize): u64 {
  let special: u64 = 0
  for (let place: usize = 0; place < size; place++)
    if (<u32>load<u8>(at + place) - 0x20 >= 0x5f) special |= (<u64>1) << place
  return special
}

/** Lanes that take one column: printable bytes and the space. */
@inline function isWide(bytes: v128): v128 {
  return v128.lt<u8>(i8x16.sub(bytes, i8x16.splat(0x20)), i8x16.splat(0x5f))
}
