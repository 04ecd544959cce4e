import { copyBytes } from './bytes'
import { cheapestBreak, chooseBreaks } from './fmt-breaks'
import { ensureRoom, writeByte, writeLines, writeSpaces, writeText } from './fmt-page'
import { isClosing, isOpening, isPeriod, isPunctuation, isWhite, whiteBytes } from './fmt-marks'
import {
  COLUMN,
  CROWN,
  FIRST_INDENT,
  firstWord,
  HAS_PERIOD,
  IS_FINAL,
  IS_PUNCTUATED,
  IS_UNIFORM,
  LAST_LENGTH,
  LENGTH,
  LINES,
  MARKS,
  MODE,
  MOST_BYTES,
  MOST_WORDS,
  OPENS,
  OTHER_INDENT,
  OUT,
  OUT_END,
  PREFIX,
  PREFIX_FULL,
  PREFIX_INDENT,
  PREFIX_LEAD,
  PREFIX_LENGTH,
  SLACK,
  SPACE,
  SPLIT,
  START,
  TAGGED,
  TEXT_LENGTH,
  textOf,
  USES_TABS,
  WORD_COUNT,
  WORD_SIZE,
  wordLimit,
} from './fmt-state'
import { findByte } from './scan'

// The paragraphs of `fmt`, line by line. All state between calls is in the plan; see fmt-state.ts.

// The line being read, for the time of one call.
let at: usize = 0
let lineEnd: usize = 0
/** Bytes up to here may be looked at; the first one behind a line that is terminated is white space. */
let readable: usize = 0
/** A newline ends the line: the file's very last may have none. */
let isTerminated: bool = false
let column: i32 = 0

const ENOUGH: u32 = 1 << 17

/** Takes the lines of [from, to), up to where enough was written; returns where the next line begins. */
export function formatLines(from: usize, to: usize, plan: usize): usize {
  while (from < to && load<u32>(plan, OUT_END) - load<u32>(plan, OUT) < ENOUGH) {
    at = from
    lineEnd = findByte(from, to, 0x0a)
    isTerminated = lineEnd < to
    readable = isTerminated ? to : lineEnd
    column = 0
    from = lineEnd + usize(isTerminated)
    formatLine(plan)
  }
  return from
}

/** Writes what is left at a file's end. */
export function finishFormat(plan: usize): void {
  const lines = load<u32>(plan, LINES)
  if (lines == 1) indentOthers(plan, false, 0)
  if (lines > 0) finishParagraph(plan)
}

function formatLine(plan: usize): void {
  const indent = readPrefix(plan)
  if (load<u32>(plan, LINES) > 0 && !continuesParagraph(plan, indent)) finishParagraph(plan)
  if (load<u32>(plan, LINES) == 0) {
    if (!isText(plan, indent)) return copyLine(plan, indent)
    store<i32>(plan, indent, PREFIX_INDENT)
    store<i32>(plan, column, FIRST_INDENT)
    store<i32>(plan, 0, LAST_LENGTH)
    store<u32>(plan, 0, TEXT_LENGTH)
    store<u32>(plan, 0, WORD_COUNT)
  }
  store<u32>(plan, load<u32>(plan, LINES) + 1, LINES)
  while (at < lineEnd) addWord(plan)
}

/** Reads as much of the prefix as the line begins with; the blanks around it count. Returns where it begins. */
function readPrefix(plan: usize): i32 {
  skipBlanks(plan)
  const length = <usize>load<u32>(plan, PREFIX_LENGTH)
  if (!length) return min(load<i32>(plan, PREFIX_LEAD), column)
  const indent = column
  const prefix = <usize>load<u32>(plan, PREFIX)
  for (let offset: usize = 0; offset < length; offset++, at++, column++)
    if (at == lineEnd || load<u8>(at) != load<u8>(prefix + offset)) return indent
  skipBlanks(plan)
  return indent
}

@inline function skipBlanks(plan: usize): void {
  for (; at < lineEnd; at++) {
    const byte = load<u8>(at)
    if (byte == 0x20) column++
    else if (byte == 0x09) {
      store<u32>(plan, 1, USES_TABS)
      column = (column + 8) & ~7
    } else return
  }
}

/** Whether the line has the prefix and something behind it. */
@inline function isText(plan: usize, indent: i32): bool {
  if (at == lineEnd || indent < load<i32>(plan, PREFIX_LEAD)) return false
  return column >= indent + load<i32>(plan, PREFIX_FULL)
}

/** Whether the line belongs to the paragraph that has begun. Its second line settles the indent of the others. */
function continuesParagraph(plan: usize, indent: i32): bool {
  const isLike = indent == load<i32>(plan, PREFIX_INDENT) && isText(plan, indent)
  if (load<u32>(plan, LINES) == 1) {
    indentOthers(plan, isLike, column)
    const mode = load<i32>(plan, MODE)
    if (mode == SPLIT) return false
    if (mode == CROWN) return isLike
    if (mode == TAGGED) return isLike && column != load<i32>(plan, FIRST_INDENT)
  }
  return isLike && column == load<i32>(plan, OTHER_INDENT)
}

/** Settles the indent of the other lines: by the column of a further line, if there is one. */
function indentOthers(plan: usize, hasMore: bool, further: i32): void {
  const mode = load<i32>(plan, MODE)
  const first = load<i32>(plan, FIRST_INDENT)
  let other = first
  if (mode == CROWN) other = hasMore ? further : first
  else if (mode == TAGGED) {
    if (hasMore && further != first) other = further
    // A tagged paragraph of one line has the indent of the last one, which must differ from that of its first line.
    else if (load<i32>(plan, OTHER_INDENT) == first) other = first == 0 ? 3 : 0
    else return
  }
  store<i32>(plan, other, OTHER_INDENT)
}

/** Copies a line that is not formatted; of one with nothing behind blanks, only what it has of the prefix. */
function copyLine(plan: usize, indent: i32): void {
  const prefixLength = load<i32>(plan, PREFIX_LENGTH)
  ensureRoom(plan, <usize>(column + prefixLength + 1) + (lineEnd - at))
  store<i32>(plan, 0, COLUMN)
  if (column > indent || at < lineEnd) {
    writeSpaces(plan, indent)
    writeText(plan, load<u32>(plan, PREFIX), min(prefixLength, column - indent))
    if (at < lineEnd) writeSpaces(plan, column - load<i32>(plan, COLUMN))
  }
  const isPrefixAlone = at == lineEnd && column > indent && column >= indent + prefixLength
  store<u32>(plan, <u32>copyBytes(load<u32>(plan, OUT_END), at, lineEnd), OUT_END)
  if (isTerminated || isPrefixAlone) writeByte(plan, 0x0a)
}

/** Adds the word that the line goes on with, and the blanks behind it. */
function addWord(plan: usize): void {
  const word = addBytes(plan)
  const start = <usize>load<u32>(word, START)
  const end = textOf(plan) + load<u32>(plan, TEXT_LENGTH)
  column += <i32>(end - start)
  const wordEnd = column
  skipBlanks(plan)
  const endsLine = at == lineEnd

  let last = end - 1
  const isPunctuated = isPunctuation(load<u8>(last))
  while (last > start && isClosing(load<u8>(last))) last--
  const hasPeriod = isPeriod(load<u8>(last))
  const isFinal = endsLine ? hasPeriod || !isTerminated : hasPeriod && column - wordEnd > 1
  store<u32>(word, <u32>(end - start), LENGTH)
  store<i32>(word, endsLine || load<u32>(plan, IS_UNIFORM) ? 1 + i32(isFinal) : column - wordEnd, SPACE)
  store<u32>(
    word,
    (isOpening(load<u8>(start)) ? OPENS : 0) |
      (isPunctuated ? IS_PUNCTUATED : 0) |
      (hasPeriod ? HAS_PERIOD : 0) |
      (isFinal ? IS_FINAL : 0),
    MARKS,
  )
  if (load<i32>(plan, WORD_COUNT) == MOST_WORDS) {
    indentOthers(plan, true, column)
    writePart(plan)
  }
  store<u32>(plan, load<u32>(plan, WORD_COUNT) + 1, WORD_COUNT)
}

/** Adds the bytes of the word at hand; returns the word. */
@inline function addBytes(plan: usize): usize {
  let length = load<i32>(plan, TEXT_LENGTH)
  const text = textOf(plan)
  store<u32>(wordLimit(plan), <u32>(text + length), START)
  // Most words are short, and are found and copied at once; the first byte is the word's whatever it is.
  if (at + SLACK <= readable && length + <i32>SLACK <= MOST_BYTES) {
    const bytes = v128.load(at)
    v128.store(text + length, bytes)
    const size = ctz(whiteBytes(bytes) & ~1 | 0x10000)
    length += size
    at += size
    if (size < <i32>SLACK || at == lineEnd || isWhite(load<u8>(at))) {
      store<u32>(plan, length, TEXT_LENGTH)
      return wordLimit(plan)
    }
  }
  do {
    if (length == MOST_BYTES) {
      store<u32>(plan, length, TEXT_LENGTH)
      indentOthers(plan, true, column)
      writePart(plan)
      length = load<i32>(plan, TEXT_LENGTH)
    }
    store<u8>(text + length++, load<u8>(at++))
  } while (at < lineEnd && !isWhite(load<u8>(at)))
  store<u32>(plan, length, TEXT_LENGTH)
  return wordLimit(plan)
}

/** Writes the words up to a good place to break, and moves the rest with the word that is being read. */
function writePart(plan: usize): void {
  const text = textOf(plan)
  const first = firstWord(plan)
  const length = load<u32>(plan, TEXT_LENGTH)
  if (load<u32>(plan, WORD_COUNT) == 0) {
    ensureRoom(plan, length)
    writeText(plan, text, length)
    store<u32>(plan, 0, TEXT_LENGTH)
    store<u32>(first, <u32>text, START)
    return
  }
  chooseBreaks(plan)
  const split = cheapestBreak(plan)
  writeLines(plan, split)
  const limit = wordLimit(plan)
  const distance = load<u32>(split, START) - <u32>text
  for (let word = split; word <= limit; word += WORD_SIZE)
    store<u32>(word, load<u32>(word, START) - distance, START)
  memory.copy(text, text + distance, length - distance)
  memory.copy(first, split, limit + WORD_SIZE - split)
  store<u32>(plan, length - distance, TEXT_LENGTH)
  store<u32>(plan, <u32>((limit - split) / WORD_SIZE), WORD_COUNT)
}

function finishParagraph(plan: usize): void {
  const limit = wordLimit(plan)
  const last = limit - WORD_SIZE
  store<u32>(last, load<u32>(last, MARKS) | HAS_PERIOD | IS_FINAL, MARKS)
  chooseBreaks(plan)
  writeLines(plan, limit)
  store<u32>(plan, 0, LINES)
}
