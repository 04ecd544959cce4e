import { findByte } from './scan'

// Putting numbers in front of lines, as `nl` does.

// How, in words and double words at an address: what src/tools/lines/nl.ts fills in.
const NEXT: usize = 0 // i64: the next number
const INCREMENT: usize = 8 // i64
const BLANK_LINES: usize = 16 // i64: empty lines since the last number
const BLANK_GROUP: usize = 24 // i64: how many empty lines count as one
const OVERFLOW: usize = 32 // u32: there is no next number
const STYLE: usize = 36 // u32
const FORMAT: usize = 40 // u32
const WIDTH: usize = 44 // u32
const SEPARATOR: usize = 48 // u32: address, length
const SECTION: usize = 56 // u32: address, length of the footer's delimiter line
const REACHED: usize = 64 // u32: where in the input it stopped

const ALL: u32 = 0 // of the empty lines only the last of a group
const NONEMPTY: u32 = 1
const EVERY: u32 = 2

const LEFT: u32 = 0
const RIGHT: u32 = 1
const ZEROS: u32 = 2

/** The longest number, with its sign. */
const DIGITS = memory.data(24)

/**
 * Copies the whole lines of [from, to) to `out`, each with its number or the blanks that stand for one, and returns
 * the end of what it wrote. It stops before a line that may part two sections, and where the numbers run out.
 */
export function numberLines(from: usize, to: usize, out: usize, how: usize): usize {
  const style = load<u32>(how, STYLE)
  const section = load<u32>(how, SECTION)
  const sectionLength = load<u32>(how, SECTION + 4)
  const group = load<i64>(how, BLANK_GROUP)
  let line = from
  while (line < to) {
    const end = findByte(line, to, 0x0a)
    if (sectionLength > 1 && isSection(line, end, section, sectionLength)) break
    let isNumbered = style <= EVERY
    if (line == end && style == NONEMPTY) isNumbered = false
    if (group > 1 && style == ALL) isNumbered = countBlank(how, line == end, group)
    if (isNumbered) {
      if (load<u32>(how, OVERFLOW)) break
      out = writeNumber(out, how)
    } else {
      const blanks = <usize>load<u32>(how, WIDTH) + <usize>load<u32>(how, SEPARATOR + 4)
      memory.fill(out, 0x20, blanks)
      out += blanks
    }
    const length = end + 1 - line
    memory.copy(out, line, length)
    out += length
    line += length
  }
  store<u32>(how, <u32>line, REACHED)
  return out
}

/** Whether the line is the section delimiter, or twice or three times that. */
function isSection(from: usize, to: usize, section: usize, length: usize): bool {
  const size = to - from
  if (size != length && size != 2 * length && size != 3 * length) return false
  for (let at = from; at < to; at += length) if (memory.compare(at, section, length) != 0) return false
  return true
}

/** Whether a line is numbered where `group` empty lines count as one. */
function countBlank(how: usize, isBlank: bool, group: i64): bool {
  const blankLines = load<i64>(how, BLANK_LINES) + i64(isBlank)
  const isNumbered = !isBlank || blankLines == group
  store<i64>(how, isNumbered ? 0 : blankLines, BLANK_LINES)
  return isNumbered
}

/** Writes the next number and the separator, and goes on to the number after it. */
function writeNumber(out: usize, how: usize): usize {
  const number = load<i64>(how, NEXT)
  const format = load<u32>(how, FORMAT)
  const isNegative = number < 0
  let digit: usize = DIGITS + 24
  let rest: u64 = isNegative ? -number : number
  do {
    digit--
    store<u8>(digit, <u8>(0x30 + (rest % 10)))
    rest /= 10
  } while (rest > 0)
  const length = DIGITS + 24 - digit + usize(isNegative)
  const width = <usize>load<u32>(how, WIDTH)
  const padding = length < width ? width - length : 0
  if (format == RIGHT) out = fill(out, 0x20, padding)
  if (isNegative) out = fill(out, 0x2d, 1)
  if (format == ZEROS) out = fill(out, 0x30, padding)
  out = copy(out, digit, DIGITS + 24 - digit)
  if (format == LEFT) out = fill(out, 0x20, padding)
  const next = number + load<i64>(how, INCREMENT)
  store<u32>(how, u32(next < number != load<i64>(how, INCREMENT) < 0), OVERFLOW)
  store<i64>(how, next, NEXT)
  return copy(out, load<u32>(how, SEPARATOR), load<u32>(how, SEPARATOR + 4))
}

function fill(out: usize, byte: u8, length: usize): usize {
  memory.fill(out, byte, length)
  return out + length
}

function copy(out: usize, from: usize, length: usize): usize {
  memory.copy(out, from, length)
  return out + length
}
