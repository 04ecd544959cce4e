import { copyBytes } from './bytes'
import { writeDecimal } from './decimal'
import { findByte } from './scan'
import {
  BLOCK_BEGIN, BRANCH, BRANCH_IF, BRANCH_UNLESS, CHANGE, CONFORMS, DATA, DELETE, DELETE_ALL, DELETE_LINE, DELIMITER, DO,
  END_CYCLE, EXCHANGE, FROM, GET, GET_MORE, GO_ON, GO_TO, GROW, HAS_APPENDED, HAS_REPLACED, HOLD, HOLD_MORE, HOLD_SPACE,
  INSIDE, IS_ORIGINAL, IS_QUIET, IS_TERMINATED, KIND, LENGTH, LINE_NUMBER, LOOK_AHEAD, NAME, NEXT_LINE, NEXT_TOO, NO_ROOM,
  NUMBER_LINE, OUT, PATTERN_SPACE, PHASE, PRINT, PRINTED, PRINT_LINE, QUIT, QUIT_NOW, RANGE_STATE, REST, RESTARTS, SECOND,
  SELECT, SUBSTITUTE, TEXT, TO, TRANSLATE, WRITE_APPENDED, ZAP,
} from './sed-layout'
import { substitute } from './sed-replace'
import { isLast, knowsLast } from './sed-select'
import {
  appendLine, appendText, beginWriting, clearSpace, copySpace, exchangeSpaces, hasRoom, keep, loadLine, print, writeLine,
} from './sed-space'
import { translateInPlace } from './translate'

// The commands of sed that are done here.

/** Digits of a line number, at most. */
const NUMBER_BYTES: usize = 20

/** Texts so long are translated sixty-four bytes at a time. */
const LONG_TEXT: usize = 2048

/** Does a command: where the run goes on, or why it stops. */
export function execute(run: usize, command: usize): u32 {
  const space = run + PATTERN_SPACE
  const hold = run + HOLD_SPACE
  switch (load<u32>(command, NAME)) {
    case BLOCK_BEGIN:
      return GO_ON
    case BRANCH:
      return GO_TO
    case BRANCH_IF:
      return takeReplaced(run) ? GO_TO : GO_ON
    case BRANCH_UNLESS:
      return takeReplaced(run) ? GO_ON : GO_TO
    case NUMBER_LINE:
      return writeNumber(run) ? GO_ON : NO_ROOM
    case TEXT:
      return writeText(run, command) ? GO_ON : NO_ROOM
    case CHANGE: {
      const isWithin = load<u32>(command, SECOND + KIND) != 0 && load<u32>(command, RANGE_STATE) == INSIDE
      return isWithin || writeText(run, command) ? DELETE : NO_ROOM
    }
    case DELETE_ALL:
      return DELETE
    case DELETE_LINE:
      return deleteLine(run)
    case GET:
      store<u32>(run, 0, IS_ORIGINAL)
      return copySpace(run, space, hold) ? GO_ON : GROW
    case GET_MORE:
      if (!appendText(run, space, <usize>load<u32>(hold, FROM), <usize>load<u32>(hold, TO))) return GROW
      store<u32>(run, 0, IS_ORIGINAL)
      store<u32>(space, load<u32>(hold, IS_TERMINATED), IS_TERMINATED)
      return GO_ON
    case HOLD:
      return copySpace(run, hold, space) ? GO_ON : GROW
    case HOLD_MORE:
      if (!appendText(run, hold, <usize>load<u32>(space, FROM), <usize>load<u32>(space, TO))) return GROW
      store<u32>(hold, load<u32>(space, IS_TERMINATED), IS_TERMINATED)
      return GO_ON
    case NEXT_LINE:
      return readNext(run, false)
    case NEXT_TOO:
      return readNext(run, true)
    case PRINT:
      return print(run) ? GO_ON : NO_ROOM
    case PRINT_LINE:
      return printLine(run) ? GO_ON : NO_ROOM
    case SUBSTITUTE:
      return substitute(run, command)
    case EXCHANGE:
      if (!keep(run, space)) return GROW
      store<u32>(run, 0, IS_ORIGINAL)
      exchangeSpaces(space, hold)
      return GO_ON
    case TRANSLATE:
      if (!keep(run, space)) return GROW
      store<u32>(run, 0, IS_ORIGINAL)
      translate(space, <usize>load<u32>(command, DATA))
      return GO_ON
    case ZAP:
      store<u32>(run, 0, IS_ORIGINAL)
      clearSpace(space)
      return GO_ON
    case QUIT_NOW:
      return QUIT
    default:
      return DO
  }
}

@inline function takeReplaced(run: usize): bool {
  const hasReplaced = load<u32>(run, HAS_REPLACED) != 0
  store<u32>(run, 0, HAS_REPLACED)
  return hasReplaced
}

/** `n` and `N`: when there is no next line, that was all; in POSIX mode N then does not print. */
function readNext(run: usize, isAppended: bool): u32 {
  if (load<u32>(run, PHASE) != REST) {
    if (!knowsLast(run)) return LOOK_AHEAD
    if (isLast(run)) return isAppended && load<u32>(run, CONFORMS) ? DELETE : END_CYCLE
    if (!isAppended && !load<u32>(run, IS_QUIET) && !print(run)) return NO_ROOM
    if (load<u32>(run, HAS_APPENDED)) {
      store<u32>(run, REST, PHASE)
      return WRITE_APPENDED
    }
  }
  if (!isAppended) loadLine(run)
  else if (!appendLine(run)) {
    store<u32>(run, REST, PHASE)
    return GROW
  }
  store<u32>(run, 0, HAS_REPLACED)
  store<u32>(run, SELECT, PHASE)
  return GO_ON
}

/** The end of the line in the pattern space that begins at `from`, or holds it. */
@inline function lineEnd(run: usize, from: usize): usize {
  return findByte(from, <usize>load<u32>(run, PATTERN_SPACE + TO), load<u32>(run, DELIMITER))
}

function deleteLine(run: usize): u32 {
  const space = run + PATTERN_SPACE
  const end = lineEnd(run, <usize>load<u32>(space, FROM))
  if (end < <usize>load<u32>(space, TO)) {
    store<u32>(space, <u32>end + 1, FROM)
    store<u32>(run, 0, IS_ORIGINAL)
    store<u32>(run, 1, RESTARTS)
  }
  return DELETE
}

function printLine(run: usize): bool {
  const space = run + PATTERN_SPACE
  const from = <usize>load<u32>(space, FROM)
  const end = lineEnd(run, from + <usize>load<u32>(run, PRINTED))
  const isWhole = end == <usize>load<u32>(space, TO)
  return writeLine(run, from, end, isWhole ? load<u32>(space, IS_TERMINATED) : 1)
}

@inline function translate(space: usize, table: usize): void {
  const to = <usize>load<u32>(space, TO)
  let at = <usize>load<u32>(space, FROM)
  if (to - at >= LONG_TEXT) translateInPlace(at, to, table)
  else for (; at < to; at++) store<u8>(at, load<u8>(table + <usize>load<u8>(at)))
}

function writeText(run: usize, command: usize): bool {
  const from = <usize>load<u32>(command, DATA)
  const length = <usize>load<u32>(command, LENGTH)
  if (!hasRoom(run, length)) return false
  store<u32>(run, <u32>copyBytes(beginWriting(run), from, from + length), OUT)
  return true
}

function writeNumber(run: usize): bool {
  if (!hasRoom(run, NUMBER_BYTES)) return false
  const end = writeDecimal(<u64>load<f64>(run, LINE_NUMBER), beginWriting(run))
  store<u8>(end, <u8>load<u32>(run, DELIMITER))
  store<u32>(run, <u32>end + 1, OUT)
  return true
}
