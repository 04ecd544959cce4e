// What lines are sorted by: an ordering, and the entry that stands for a line.

// An ordering, as src/tools/lines/sort/order.ts lays it out.
export const KEY_COUNT: usize = 0 // u32
export const LEVELS: usize = 4 // u32: the keys, and the whole line as last resort where that counts
export const REVERSE_LINES: usize = 8 // u32: the last resort is turned round
export const TAB: usize = 12 // u32: the byte that parts fields, or NO_TAB
export const DELIMITER: usize = 16 // u32: the byte that ends lines
export const SCRATCH: usize = 20 // u32: the address of room for long numbers and hashes
export const SEED: usize = 24 // 16 bytes that random keys are hashed with
export const KEYS: usize = 40
export const KEY_SIZE: usize = 28

export const NO_TAB: u32 = 256

// One key.
export const START_FIELD: usize = 0 // u32: fields before it, or WHOLE_LINE
export const START_BYTE: usize = 4 // u32: bytes before it in its field
export const END_FIELD: usize = 8 // u32: fields before the one that it ends in, or LINE_END
export const END_BYTE: usize = 12 // u32: bytes of that field that belong to it; 0: all
export const KEY_FLAGS: usize = 16 // u32
export const TYPE: usize = 20 // u32
export const TABLE: usize = 24 // u32: the address of 256 u16, what stands for each byte, or 0

export const WHOLE_LINE: u32 = 0xffffffff
export const LINE_END: u32 = 0xffffffff

export const SKIP_START_BLANKS: u32 = 1
export const SKIP_END_BLANKS: u32 = 2
export const REVERSE: u32 = 4

export const AS_TEXT: u32 = 0
export const NUMERIC: u32 = 1
export const GENERAL: u32 = 2
export const HUMAN: u32 = 3
export const MONTH: u32 = 4
export const RANDOM: u32 = 5
export const VERSION: u32 = 6

/** In a table: this byte does not count. */
export const IGNORED: u32 = 0x100

// A line's entry. At any time it is prepared for one level: a key, or the whole line.
export const PREFIX: usize = 0 // u64: orders entries as far as it can
export const TEXT: usize = 8 // u32: the line's address
export const LENGTH: usize = 12 // u32: its bytes, without the delimiter
/**
 * What the prefix does not hold. Of text the bytes that follow, or, when REST_LENGTH is 0, how many bytes the
 * prefix holds. For other keys REST_LENGTH says whether equal prefixes may stand for different keys.
 */
export const REST: usize = 16 // u32
export const REST_LENGTH: usize = 20 // u32
export const ENTRY_SIZE: usize = 24

export function keyAt(order: usize, level: u32): usize {
  return order + KEYS + <usize>level * KEY_SIZE
}

export function isBlank(byte: u32): bool {
  return byte == 0x20 || byte == 0x09 || byte == 0x0a
}

export function isDigit(byte: u32): bool {
  return byte - 0x30 < 10
}

/** The value of a hexadecimal digit, 16 for what is none. */
export function hexDigit(byte: u32): u32 {
  if (isDigit(byte)) return byte - 0x30
  const letter = (byte | 0x20) - 0x61
  return letter < 6 ? letter + 10 : 16
}
