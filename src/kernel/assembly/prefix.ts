// Writing pieces of a text with what `grep -Hnb` puts before them.

import { countByte } from './scan'

// Fields of the control block, words; src/kernel/prefix.ts writes them.
const BATCH: usize = 0
const SPANS: usize = 4
const COUNT: usize = 8
const NAME: usize = 12 // what stands first
const NAME_LENGTH: usize = 16
const MODE: usize = 20
const TERMINATOR: usize = 24
const COUNTED: usize = 28 // address up to which lines are counted
const LINE: usize = 32 // how many ended before there, 64 bits
const OFFSET: usize = 40 // where the batch stands in its file, 64 bits

// Modes.
const LINE_NUMBER: u32 = 1
const BYTE_OFFSET: u32 = 2

/** Writes each span with its prefix and a terminator; returns how many bytes that is. */
export function writePrefixed(control: usize, out: usize): usize {
  const begin = out
  const batch = <usize>load<u32>(control, BATCH)
  const count = load<u32>(control, COUNT)
  const name = <usize>load<u32>(control, NAME)
  const nameLength = <usize>load<u32>(control, NAME_LENGTH)
  const mode = load<u32>(control, MODE)
  const terminator = load<u32>(control, TERMINATOR)
  let counted = <usize>load<u32>(control, COUNTED)
  let line = load<u64>(control, LINE)
  let span = <usize>load<u32>(control, SPANS)
  for (let index: u32 = 0; index < count; index++) {
    const start = batch + <usize>load<u32>(span)
    const length = <usize>load<u32>(span, 4) - <usize>load<u32>(span)
    span += 8
    memory.copy(out, name, nameLength)
    out += nameLength
    if (mode & LINE_NUMBER) {
      line += countByte(counted, start, terminator)
      counted = start
      out = writeNumber(out, line + 1)
    }
    if (mode & BYTE_OFFSET) out = writeNumber(out, load<u64>(control, OFFSET) + <u64>(start - batch))
    memory.copy(out, start, length)
    out += length
    store<u8>(out++, <u8>terminator)
  }
  store<u32>(control, <u32>counted, COUNTED)
  store<u64>(control, line, LINE)
  return out - begin
}

/** The number in decimal and a colon; returns the address behind them. */
function writeNumber(out: usize, number: u64): usize {
  let end = out + 1
  for (let rest = number / 10; rest != 0; rest /= 10) end++
  for (let at = end - 1; at >= out; at--) {
    store<u8>(at, <u8>(48 + (number % 10)))
    number /= 10
  }
  store<u8>(end, 58)
  return end + 1
}
