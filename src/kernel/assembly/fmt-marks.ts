// What bytes are to `fmt`: where words end, and what those at a word's ends say of sentences. A NUL byte counts as
// any mark but punctuation, as in GNU fmt.

/** A bit for each byte that is white space. */
@inline export function whiteBytes(bytes: v128): i32 {
  const isSpace = i8x16.eq(bytes, i8x16.splat(0x20))
  const isControl = i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(0x09)), i8x16.splat(5))
  return i8x16.bitmask(v128.or(isSpace, isControl))
}

@inline export function isWhite(byte: u32): bool {
  return byte == 0x20 || byte - 0x09 < 5
}

@inline export function isPunctuation(byte: u32): bool {
  return byte - 0x21 < 15 || byte - 0x3a < 7 || byte - 0x5b < 6 || byte - 0x7b < 4
}

/** `( [ ' " BACKQUOTE` */
@inline export function isOpening(byte: u32): bool {
  return byte == 0x28 || byte == 0x5b || byte == 0x27 || byte == 0x22 || byte == 0x60 || byte == 0
}

/** `) ] ' "` */
@inline export function isClosing(byte: u32): bool {
  return byte == 0x29 || byte == 0x5d || byte == 0x27 || byte == 0x22 || byte == 0
}

@inline export function isPeriod(byte: u32): bool {
  return byte == 0x2e || byte == 0x3f || byte == 0x21 || byte == 0
}
