import { copyBytes } from './bytes'
import {
  COLUMN,
  FIRST_INDENT,
  firstWord,
  LAST_LENGTH,
  LENGTH,
  LINE_LENGTH,
  NEXT,
  OTHER_INDENT,
  OUT,
  OUT_END,
  OUT_LIMIT,
  PREFIX,
  PREFIX_INDENT,
  PREFIX_LENGTH,
  SLACK,
  SPACE,
  START,
  USES_TABS,
  WORD_SIZE,
} from './fmt-state'
import { allocate, release } from './memory'

// What fmt writes. The place for it grows as it must, as a line's indent may be any number of columns.

const FIRST_SIZE: usize = 1 << 18

/** Makes room for `size` more bytes. */
export function ensureRoom(plan: usize, size: usize): void {
  const out = <usize>load<u32>(plan, OUT)
  const end = <usize>load<u32>(plan, OUT_END)
  if (end + size + SLACK <= <usize>load<u32>(plan, OUT_LIMIT)) return
  const larger = max(FIRST_SIZE, 2 * (end - out + size + SLACK))
  const place = allocate(larger)
  memory.copy(place, out, end - out)
  if (out) release(out)
  store<u32>(plan, <u32>place, OUT)
  store<u32>(plan, <u32>(place + (end - out)), OUT_END)
  store<u32>(plan, <u32>(place + larger), OUT_LIMIT)
}

/** Writes the lines that begin with words before `end`. */
export function writeLines(plan: usize, end: usize): void {
  const prefixLength = load<u32>(plan, PREFIX_LENGTH)
  const first = firstWord(plan)
  for (let word = first; word != end;) {
    const next = <usize>load<u32>(word, NEXT)
    const before = load<u32>(plan, PREFIX_INDENT) + prefixLength
    ensureRoom(plan, before + load<u32>(word, LINE_LENGTH) + 1)
    store<i32>(plan, 0, COLUMN)
    writeSpaces(plan, load<i32>(plan, PREFIX_INDENT))
    writeText(plan, load<u32>(plan, PREFIX), prefixLength)
    const indent = word == first ? load<i32>(plan, FIRST_INDENT) : load<i32>(plan, OTHER_INDENT)
    writeSpaces(plan, indent - load<i32>(plan, COLUMN))
    writeText(plan, load<u32>(word, START), load<u32>(word, LENGTH))
    for (word += WORD_SIZE; word != next; word += WORD_SIZE) {
      writeSpaces(plan, load<i32>(word - WORD_SIZE, SPACE))
      writeText(plan, load<u32>(word, START), load<u32>(word, LENGTH))
    }
    store<i32>(plan, load<i32>(plan, COLUMN), LAST_LENGTH)
    writeByte(plan, 0x0a)
  }
}

@inline export function writeText(plan: usize, from: usize, length: usize): void {
  const out = <usize>load<u32>(plan, OUT_END)
  if (length <= SLACK) v128.store(out, v128.load(from))
  else copyBytes(out, from, from + length)
  store<u32>(plan, <u32>(out + length), OUT_END)
  store<i32>(plan, load<i32>(plan, COLUMN) + <i32>length, COLUMN)
}

@inline export function writeByte(plan: usize, byte: u8): void {
  const out = <usize>load<u32>(plan, OUT_END)
  store<u8>(out, byte)
  store<u32>(plan, <u32>(out + 1), OUT_END)
}

@inline export function writeSpaces(plan: usize, count: i32): void {
  const column = load<i32>(plan, COLUMN)
  if (count == 1 && !load<u32>(plan, USES_TABS)) {
    writeByte(plan, 0x20)
    store<i32>(plan, column + 1, COLUMN)
  } else if (count > 0) writeBlanks(plan, column, column + count)
}

function writeBlanks(plan: usize, from: i32, to: i32): void {
  let out = <usize>load<u32>(plan, OUT_END)
  const lastStop = to & ~7
  if (load<u32>(plan, USES_TABS) && from + 1 < lastStop)
    for (; from < lastStop; from = (from + 8) & ~7) store<u8>(out++, 0x09)
  memory.fill(out, 0x20, to - from)
  store<u32>(plan, <u32>(out + (to - from)), OUT_END)
  store<i32>(plan, to, COLUMN)
}
