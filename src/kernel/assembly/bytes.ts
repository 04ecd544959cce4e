// Copying and comparing pieces of some bytes, where a call of `memory.copy` would take longer than the work.

/** Copies [from, to) to `out`; returns the copy's end. */
@inline export function copyBytes(out: usize, from: usize, to: usize): usize {
  const end = out + (to - from)
  if (to - from > 256) {
    memory.copy(out, from, to - from)
    return end
  }
  for (; from + 16 <= to; from += 16, out += 16) v128.store(out, v128.load(from))
  if (from + 8 <= to) {
    store<u64>(out, load<u64>(from))
    from += 8
    out += 8
  }
  if (from + 4 <= to) {
    store<u32>(out, load<u32>(from))
    from += 4
    out += 4
  }
  for (; from < to; from++, out++) store<u8>(out, load<u8>(from))
  return end
}

/**
 * The same where up to fifteen more bytes than those may be read and written: no step depends on how many there are.
 * Behind whatever `allocate` gave there are as many.
 */
@inline export function copyBlocks(out: usize, from: usize, to: usize): usize {
  const end = out + (to - from)
  if (to - from > 256) {
    memory.copy(out, from, to - from)
    return end
  }
  for (; from < to; from += 16, out += 16) v128.store(out, v128.load(from))
  return end
}

/**
 * How many bytes at `one` and `other` are the same from their beginning, up to `length`. Up to fifteen bytes behind
 * those are looked at.
 */
@inline export function commonLength(one: usize, other: usize, length: usize): usize {
  for (let at: usize = 0; at < length; at += 16) {
    const same = i8x16.bitmask(v128.eq<i8>(v128.load(one + at), v128.load(other + at)))
    if (same != 0xffff) return min(at + <usize>ctz(~same), length)
  }
  return length
}

/** As `commonLength`, where a letter is the same in both cases. */
export function commonLengthIgnoringCase(one: usize, other: usize, length: usize): usize {
  let at: usize = 0
  while (at < length && upperCase(load<u8>(one + at)) == upperCase(load<u8>(other + at))) at++
  return at
}

/** Below zero, zero or above, as [one, oneEnd) stands before, with or after [other, otherEnd). */
@inline export function compareBytes(
  one: usize,
  oneEnd: usize,
  other: usize,
  otherEnd: usize,
  ignoreCase: bool,
): i32 {
  const shorter = min(oneEnd - one, otherEnd - other)
  const common = ignoreCase
    ? commonLengthIgnoringCase(one, other, shorter)
    : commonLength(one, other, shorter)
  if (common == shorter) return (oneEnd - one > shorter ? 1 : 0) - (otherEnd - other > shorter ? 1 : 0)
  const first = load<u8>(one + common)
  const second = load<u8>(other + common)
  return ignoreCase ? <i32>upperCase(first) - <i32>upperCase(second) : <i32>first - <i32>second
}

@inline function upperCase(byte: u8): u8 {
  return <u32>byte - 0x61 < 26 ? byte - 0x20 : byte
}

/** Whether a byte is a space or a tab. */
@inline export function isBlank(byte: u8): bool {
  return byte == 0x20 || byte == 0x09
}

/** Whether a byte ends a field where fields are parted by blanks: a newline does, inside of records that NUL ends. */
@inline export function isFieldSeparator(byte: u8): bool {
  return isBlank(byte) || byte == 0x0a
}

/** The same of sixteen bytes. */
@inline export function areFieldSeparators(bytes: v128): v128 {
  const isSpace = i8x16.eq(bytes, i8x16.splat(0x20))
  const isTabOrNewline = i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(0x09)), i8x16.splat(2))
  return v128.or(isSpace, isTabOrNewline)
}
