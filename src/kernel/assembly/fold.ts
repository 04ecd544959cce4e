import { copyBytes } from './bytes'

// Where `fold` breaks lines. The state is made by src/tools/lines/fold.ts; its layout:

const WIDTH: usize = 0 // 64 bits
const COUNTS_BYTES: usize = 8 // whether every byte takes one column
const BREAKS_AT_BLANKS: usize = 12
// What goes on from call to call; zero at first.
const COLUMN: usize = 16 // 64 bits
const WORD_COLUMN: usize = 24 // the column, if the line had begun behind its last blank; 64 bits
const HAS_BYTES: usize = 32 // whether the line has any bytes
const HAS_BLANK: usize = 36
const WORD: usize = 40 // where the bytes behind the line's last blank stand in the output

/**
 * Writes [from, to) folded to `out`, which has room for twice as many bytes and what stands behind the last blank
 * before them: it begins `wordLength` bytes before `out`. Returns the end of the output.
 */
export function foldLines(from: usize, to: usize, out: usize, wordLength: usize, state: usize): usize {
  const width = load<u64>(state, WIDTH)
  const countsBytes = load<u32>(state, COUNTS_BYTES) != 0
  const breaksAtBlanks = load<u32>(state, BREAKS_AT_BLANKS) != 0
  let column = load<u64>(state, COLUMN)
  let wordColumn = load<u64>(state, WORD_COLUMN)
  let hasBytes = load<u32>(state, HAS_BYTES) != 0
  let hasBlank = load<u32>(state, HAS_BLANK) != 0
  let word = out - wordLength
  let at = from
  while (at < to) {
    if (!hasBytes && !column) {
      const line = plainLine(at, to, width, countsBytes, breaksAtBlanks)
      if (line) {
        out = copyBytes(out, at, at + line)
        at += line
        if (load<u8>(at - 1) != 0x0a) store<u8>(out++, 0x0a)
        continue
      }
    }
    let length = plainLength(at, to, countsBytes, breaksAtBlanks)
    while (length) {
      const room = column < width ? width - column : 0
      const fitting = <u64>length < room ? length : <usize>room
      out = copyBytes(out, at, at + fitting)
      at += fitting
      column += fitting
      wordColumn += fitting
      length -= fitting
      if (fitting) hasBytes = true
      if (!length) break
      if (hasBlank) {
        out = breakBefore(word, out)
        column = wordColumn
        hasBlank = false
        hasBytes = out > word + 1
      } else {
        store<u8>(out++, 0x0a)
        column = 0
        hasBytes = false
      }
    }
    if (at == to) break

    const byte = load<u8>(at)
    if (byte == 0x0a) {
      store<u8>(out++, byte)
      at++
      column = 0
      hasBytes = false
      hasBlank = false
      continue
    }
    const moved = columnBehind(column, byte, countsBytes)
    if (moved > width) {
      if (hasBlank) {
        out = breakBefore(word, out)
        column = wordColumn
        hasBlank = false
        hasBytes = out > word + 1
        continue
      }
      if (hasBytes) {
        store<u8>(out++, 0x0a)
        column = 0
        hasBytes = false
        continue
      }
    }
    store<u8>(out++, byte)
    at++
    column = moved
    hasBytes = true
    if (breaksAtBlanks && (byte == 0x20 || byte == 0x09)) {
      hasBlank = true
      word = out
      wordColumn = 0
    } else wordColumn = columnBehind(wordColumn, byte, countsBytes)
  }
  store<u64>(state, column, COLUMN)
  store<u64>(state, wordColumn, WORD_COLUMN)
  store<u32>(state, hasBytes ? 1 : 0, HAS_BYTES)
  store<u32>(state, hasBlank ? 1 : 0, HAS_BLANK)
  store<u32>(state, <u32>(hasBlank ? word : out), WORD)
  return out
}

/**
 * How much of [from, to) the next output line takes, with its newline, where each byte takes a column; 0 where some
 * do not, or where not enough bytes are there to tell.
 */
@inline function plainLine(from: usize, to: usize, width: u64, countsBytes: bool, breaksAtBlanks: bool): usize {
  if (<u64>(to - from) <= width) return 0
  const full = from + <usize>width
  const plain = from + plainLength(from, full + 1, countsBytes, false)
  if (plain <= full) return load<u8>(plain) == 0x0a ? plain + 1 - from : 0
  const word = breaksAtBlanks ? behindLastBlank(from, full) : from
  return word > from ? word - from : <usize>width
}

/** Where the bytes behind the last blank of [from, to) begin; `from` when there is none. */
function behindLastBlank(from: usize, to: usize): usize {
  let at = to
  while (at >= from + 16) {
    const bytes = v128.load(at - 16)
    const isSpace = i8x16.eq(bytes, i8x16.splat(0x20))
    const mask = i8x16.bitmask(v128.or(isSpace, i8x16.eq(bytes, i8x16.splat(0x09))))
    if (mask) return at - 16 + (32 - clz(mask))
    at -= 16
  }
  for (; at > from; at--) if (load<u8>(at - 1) == 0x20 || load<u8>(at - 1) == 0x09) break
  return at
}

/** Puts a line end before the word that ends at `out`. */
function breakBefore(word: usize, out: usize): usize {
  memory.copy(word + 1, word, out - word)
  store<u8>(word, 0x0a)
  return out + 1
}

/** Where the column is behind a byte that is no newline. */
@inline function columnBehind(column: u64, byte: u8, countsBytes: bool): u64 {
  if (countsBytes) return column + 1
  if (byte == 0x08) return column ? column - 1 : 0
  if (byte == 0x0d) return 0
  if (byte == 0x09) return column + 8 - (column & 7)
  return column + 1
}

/** How many bytes of [from, to) take one column each and are no place to break. */
function plainLength(from: usize, to: usize, countsBytes: bool, breaksAtBlanks: bool): usize {
  let at = from
  while (at + 16 <= to) {
    const bytes = v128.load(at)
    let special = v128.eq<i8>(bytes, i8x16.splat(0x0a))
    if (!countsBytes || breaksAtBlanks) special = v128.or(special, v128.eq<i8>(bytes, i8x16.splat(0x09)))
    if (breaksAtBlanks) special = v128.or(special, v128.eq<i8>(bytes, i8x16.splat(0x20)))
    if (!countsBytes) {
      special = v128.or(special, v128.eq<i8>(bytes, i8x16.splat(0x08)))
      special = v128.or(special, v128.eq<i8>(bytes, i8x16.splat(0x0d)))
    }
    const mask = i8x16.bitmask(special)
    if (mask) return at - from + <usize>ctz(mask)
    at += 16
  }
  for (; at < to; at++) {
    const byte = load<u8>(at)
    if (byte == 0x0a) break
    if (byte == 0x09 && (!countsBytes || breaksAtBlanks)) break
    if (byte == 0x20 && breaksAtBlanks) break
    if ((byte == 0x08 || byte == 0x0d) && !countsBytes) break
  }
  return at - from
}
