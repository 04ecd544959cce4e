import { copyBytes } from './bytes'
import { findByte } from './scan'

// What `paste` writes. src/tools/lines/paste/plan.ts makes the plan; its layout, in 32-bit words:

const LINE_END: usize = 0
const DELIMITERS: usize = 4 // a word for each delimiter: the byte, or NOTHING
const DELIMITER_COUNT: usize = 8
const SOURCES: usize = 12 // for each column the address of the source that it reads
const COLUMN_COUNT: usize = 16
// What goes on from call to call; zero at first.
const COLUMN: usize = 20
const HAS_LINES: usize = 24 // whether a column of this row had a line; whether a line end is held back
const WRITTEN: usize = 28 // set by each call: the end of the output

// A source: what was read of it and not yet used.
const NEXT: usize = 0
const END: usize = 4
const IS_LAST: usize = 8 // whether no more can be read
const NUMBER: usize = 12

const NOTHING: u32 = 256

/** What `pasteRows` returns beside the number of the source that it wants more of. */
const IS_FULL: u32 = 0xfffffffe
const IS_DONE: u32 = 0xffffffff

/** Writes rows of the columns' lines into [out, outEnd), and says why it stopped. */
export function pasteRows(out: usize, outEnd: usize, plan: usize): u32 {
  const lineEnd = load<u32>(plan, LINE_END)
  const columnCount = load<u32>(plan, COLUMN_COUNT)
  const sources = <usize>load<u32>(plan, SOURCES)
  const lineEnds = i8x16.splat(<i8>lineEnd)
  let column = load<u32>(plan, COLUMN)
  let hasLines = load<u32>(plan, HAS_LINES)
  let result: u32 = IS_FULL
  while (<usize>(outEnd - out) > columnCount) {
    const source = <usize>load<u32>(sources + ((<usize>column) << 2))
    const next = <usize>load<u32>(source, NEXT)
    const end = <usize>load<u32>(source, END)
    if (next == end && !load<u32>(source, IS_LAST)) {
      result = load<u32>(source, NUMBER)
      break
    }
    if (next < end) {
      if (!hasLines) for (let before: u32 = 0; before < column; before++) out = writeDelimiter(out, plan, before)
      hasLines = 1
      const short = copyShort(out, outEnd - columnCount, next, end, lineEnds)
      if (short != 0) {
        out += short - next
        store<u32>(source, <u32>short + 1, NEXT)
      } else {
        const cut = findByte(next, min(end, next + (outEnd - out) - columnCount), lineEnd)
        out = copyBytes(out, next, cut)
        store<u32>(source, <u32>cut, NEXT)
        if (cut == end || load<u8>(cut) != lineEnd) continue
        store<u32>(source, <u32>cut + 1, NEXT)
      }
    }
    if (++column < columnCount) {
      if (hasLines) out = writeDelimiter(out, plan, column - 1)
      continue
    }
    column = 0
    if (!hasLines) {
      result = IS_DONE
      break
    }
    store<u8>(out++, <u8>lineEnd)
    hasLines = 0
  }
  store<u32>(plan, column, COLUMN)
  store<u32>(plan, hasLines, HAS_LINES)
  store<u32>(plan, <u32>out, WRITTEN)
  return result
}

/** Copies a line at `from` that ends within sixteen bytes, where these can be read and written; returns its end, or 0. */
@inline function copyShort(out: usize, outEnd: usize, from: usize, to: usize, lineEnds: v128): usize {
  if (from + 16 > to || out + 16 > outEnd) return 0
  const bytes = v128.load(from)
  const ends = i8x16.bitmask(v128.eq<i8>(bytes, lineEnds))
  if (ends == 0) return 0
  v128.store(out, bytes)
  return from + ctz(ends)
}

/**
 * Copies [from, to) to `out` with a delimiter for every line end, but holds back one that nothing follows yet.
 * Returns the end of the output.
 */
export function pasteSerial(from: usize, to: usize, out: usize, plan: usize): usize {
  const lineEnd = load<u32>(plan, LINE_END)
  let column = load<u32>(plan, COLUMN)
  let isHeld = load<u32>(plan, HAS_LINES)
  for (let at = from; at < to;) {
    if (isHeld) out = writeDelimiter(out, plan, column++)
    const end = findByte(at, to, lineEnd)
    out = copyBytes(out, at, end)
    isHeld = end < to ? 1 : 0
    at = end + 1
  }
  store<u32>(plan, column % load<u32>(plan, DELIMITER_COUNT), COLUMN)
  store<u32>(plan, isHeld, HAS_LINES)
  return out
}

/** The delimiter behind a column; they are used again and again. */
@inline function writeDelimiter(out: usize, plan: usize, column: u32): usize {
  const count = load<u32>(plan, DELIMITER_COUNT)
  const index = column < count ? column : column % count
  const delimiter = load<u32>(<usize>load<u32>(plan, DELIMITERS) + ((<usize>index) << 2))
  if (delimiter == NOTHING) return out
  store<u8>(out, <u8>delimiter)
  return out + 1
}
