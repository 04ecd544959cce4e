import { isMember, members } from './byteset'

// What `cat` adds to lines and shows for bytes. A plan is made by src/tools/lines/cat/plan.ts; its layout:

const SPECIALS: usize = 0 // the set of bytes that are not copied as they are
const NOTATION: usize = 32 // for each byte what is shown, 4 bytes
const NOTATION_LENGTH: usize = 1056 // and its length, 1 byte
const NUMBERED: usize = 1312 // which lines have a number
const SQUEEZE: usize = 1316 // whether a blank line after a blank line is left out
const SHOW_ENDS: usize = 1320
// What goes on from call to call; zero at first.
const IN_LINE: usize = 1324 // whether the next byte is not the first of its line
const BLANK_LINES: usize = 1328 // how many in a row stand before it
const HELD_RETURN: usize = 1332 // whether the last byte was a carriage return that is not yet written
const WRITTEN: usize = 1336 // set by each call: the end of the output
const LINE_NUMBER: usize = 1344 // in ASCII: 16 bytes, spaces in front, and a tab

const ALL_LINES: u32 = 1
const NO_LINES: u32 = 0
const NUMBER_END: usize = LINE_NUMBER + 16

/** The most that one step writes: a number, and sixteen bytes at once. */
const STEP: usize = 48

/** Writes [from, to) decorated into [out, outEnd), as far as it fits; returns the address of what is left. */
export function showLines(from: usize, to: usize, out: usize, outEnd: usize, plan: usize): usize {
  const low = v128.load(plan, SPECIALS)
  const high = v128.load(plan, SPECIALS + 16)
  const limit = outEnd - STEP
  let at = from
  if (at < to && load<u32>(plan, HELD_RETURN)) {
    out = writeReturn(out, load<u8>(at) == 0x0a)
    store<u32>(plan, 0, HELD_RETURN)
  }
  while (at < to && out <= limit) {
    if (!load<u32>(plan, IN_LINE)) {
      const isBlank = load<u8>(at) == 0x0a
      const blankLines: u32 = isBlank ? load<u32>(plan, BLANK_LINES) + 1 : 0
      store<u32>(plan, min<u32>(blankLines, 2), BLANK_LINES)
      if (blankLines > 1 && load<u32>(plan, SQUEEZE)) {
        at++
        continue
      }
      const numbered = load<u32>(plan, NUMBERED)
      if (numbered != NO_LINES && (numbered == ALL_LINES || !isBlank)) out = writeNumber(out, plan)
      store<u32>(plan, 1, IN_LINE)
    }

    let mask = 0
    while (at + 16 <= to && out <= limit) {
      const bytes = v128.load(at)
      v128.store(out, bytes)
      mask = i8x16.bitmask(members(bytes, low, high))
      const plain = mask ? <usize>ctz(mask) : 16
      at += plain
      out += plain
      if (mask) break
    }
    if (mask == 0) {
      if (out > limit) break
      for (; at < to && !isMember(plan + SPECIALS, load<u8>(at)); at++) store<u8>(out++, load<u8>(at))
      if (at == to) break
    }

    const byte = <u32>load<u8>(at++)
    if (byte == 0x0a) {
      if (load<u32>(plan, SHOW_ENDS)) store<u8>(out++, 0x24)
      store<u8>(out++, 0x0a)
      store<u32>(plan, 0, IN_LINE)
    } else if (byte == 0x0d && load<u8>(plan + byte, NOTATION_LENGTH) == 1) {
      // Only its next byte says whether a carriage return is part of a line's end.
      if (at == to) store<u32>(plan, 1, HELD_RETURN)
      else out = writeReturn(out, load<u8>(at) == 0x0a)
    } else {
      store<u32>(out, load<u32>(plan + (byte << 2), NOTATION))
      out += load<u8>(plan + byte, NOTATION_LENGTH)
    }
  }
  store<u32>(plan, <u32>out, WRITTEN)
  return at
}

@inline function writeReturn(out: usize, endsLine: bool): usize {
  if (!endsLine) {
    store<u8>(out, 0x0d)
    return out + 1
  }
  store<u16>(out, 0x4d5e)
  return out + 2
}

/** Adds one to the line number, and writes it in six columns or more, and a tab. */
@inline function writeNumber(out: usize, plan: usize): usize {
  let digit = plan + NUMBER_END - 1
  for (; load<u8>(digit) == 0x39; digit--) store<u8>(digit, 0x30)
  store<u8>(digit, max<u8>(load<u8>(digit), 0x30) + 1)
  let start = plan + NUMBER_END - 6
  while (load<u8>(start - 1) != 0x20) start--
  v128.store(out, v128.load(start))
  return out + (plan + NUMBER_END + 1 - start)
}
