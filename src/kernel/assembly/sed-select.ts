import { hasMatch, UNKNOWN } from './text-matches'
import {
  ANSWER, ANSWERED_NO, ASK, ASKED, BATCH, BATCH_END, BEHIND, CHANGE, ENDS_WITH_BATCH, EVERY, FIRST, FROM, ID, INSIDE, IS_LISTED,
  IS_ORIGINAL, KIND, LAST_LINE, LAST_PATTERN, LINE, LINE_COUNT, LINE_INDEX, LINE_NUMBER, LINES, LIST_LINES, LOOK_AHEAD,
  LOOKED_FROM, LOOKED_TO, LOOP, MATCHING, MORE, MULTIPLE, NAME, NEXT, NO, NO_PATTERN, NOWHERE, NUMBER, PATTERN, PATTERN_SPACE, PATTERNS,
  RANGE_LAST, RANGE_STATE, SECOND, STEP, TO, YES,
} from './sed-layout'
import { lengthOf, spendText } from './sed-space'

// Which lines a command is for. GNU sed manual, "Addresses: selecting lines".

/** A range whose last line is not known from its first. */
const NO_LINE: f64 = -1

/** Whether a command's addresses include the line in hand, whatever `!` makes of that: NO, YES, or a reason to stop. */
@inline export function selects(run: usize, command: usize): u32 {
  const first = load<u32>(command, FIRST + KIND)
  if (first == NOWHERE) return YES
  const isRange = load<u32>(command, SECOND + KIND) != NOWHERE
  return isRange ? isInRange(run, command) : isAt(run, command + FIRST)
}

/** Whether the line in hand is known to be the last, or not to be. */
@inline export function knowsLast(run: usize): bool {
  return load<u32>(run, NEXT) < load<u32>(run, BATCH_END) || load<u32>(run, ENDS_WITH_BATCH) != 0
}

/** Whether it is the last, as far as is known. */
@inline export function isLast(run: usize): bool {
  return load<u32>(run, NEXT) == load<u32>(run, BATCH_END) && load<u32>(run, ENDS_WITH_BATCH) != 0
}

function isAt(run: usize, address: usize): u32 {
  const line = load<f64>(run, LINE_NUMBER)
  const number = load<f64>(address, NUMBER)
  switch (load<u32>(address, KIND)) {
    case MATCHING:
      return isMatching(run, <usize>load<u32>(address, PATTERN))
    case LINE:
      return u32(line == number)
    case EVERY:
      return u32(line >= number && <u64>(line - number) % <u64>load<f64>(address, STEP) == 0)
    default:
      if (!knowsLast(run)) return LOOK_AHEAD
      return u32(isLast(run))
  }
}

function isInRange(run: usize, command: usize): u32 {
  return load<u32>(command, RANGE_STATE) == INSIDE ? goesOn(run, command) : begins(run, command)
}

function begins(run: usize, command: usize): u32 {
  const line = load<f64>(run, LINE_NUMBER)
  const first = command + FIRST
  const second = command + SECOND
  const kind = load<u32>(second, KIND)
  // What `c` writes it writes behind the last line, so it has to know.
  if (kind == LAST_LINE && load<u32>(command, NAME) == CHANGE && !knowsLast(run)) return LOOK_AHEAD
  if (load<u32>(first, KIND) == LINE) {
    const from = load<f64>(first, NUMBER)
    // The line may have been read by n or N, and gone by when this is asked.
    if (load<u32>(command, RANGE_STATE) == BEHIND || line < from) return NO
    if (kind == LINE && line > max(load<f64>(second, NUMBER), from)) return NO
  } else {
    const answer = isAt(run, first)
    if (answer != YES) return answer
  }
  store<f64>(command, lastLine(second, line), RANGE_LAST)
  // A pattern is looked for from the next line on. What is not known to be the last line goes on.
  const ends = kind == LAST_LINE ? isLast(run) : kind != MATCHING && endsAt(run, command) == YES
  store<u32>(command, ends ? BEHIND : INSIDE, RANGE_STATE)
  return YES
}

/** The last line of a range that begins at `first`. */
function lastLine(second: usize, first: f64): f64 {
  const number = load<f64>(second, NUMBER)
  switch (load<u32>(second, KIND)) {
    case LINE:
      return number
    case MORE:
      return first + number
    case MULTIPLE:
      return number <= 0 ? first : (floor(first / number) + 1) * number
    default:
      return NO_LINE
  }
}

function goesOn(run: usize, command: usize): u32 {
  const ends = endsAt(run, command)
  if (ends > YES) return ends
  if (ends == YES) store<u32>(command, BEHIND, RANGE_STATE)
  // n or N may have read beyond the end: a range up to a line then ends before this one.
  const second = command + SECOND
  return u32(load<u32>(second, KIND) != LINE || load<f64>(run, LINE_NUMBER) <= load<f64>(second, NUMBER))
}

function endsAt(run: usize, command: usize): u32 {
  const last = load<f64>(command, RANGE_LAST)
  return last == NO_LINE ? isAt(run, command + SECOND) : u32(load<f64>(run, LINE_NUMBER) >= last)
}

/** Whether the pattern space matches. */
export function isMatching(run: usize, pattern: usize): u32 {
  const answer = load<u32>(run, ANSWER)
  if (answer) {
    store<u32>(run, 0, ANSWER)
    return answer - ANSWERED_NO
  }
  if (load<u32>(pattern, ID) == NO_PATTERN) {
    // The empty pattern stands for the one last used.
    store<u32>(run, <u32>pattern, ASKED)
    const last = load<u32>(run, LAST_PATTERN)
    if (last == NO_PATTERN) return ASK
    pattern = <usize>load<u32>(<usize>load<u32>(run, PATTERNS) + (<usize>last << 2))
  }
  store<u32>(run, <u32>pattern, ASKED)
  store<u32>(run, load<u32>(pattern, ID), LAST_PATTERN)
  const from = load<u32>(run, PATTERN_SPACE + FROM)
  if (load<u32>(run, IS_ORIGINAL) && load<u32>(pattern, IS_LISTED)) {
    const at = from - load<u32>(run, BATCH)
    if (at < load<u32>(pattern, LOOKED_FROM) || at >= load<u32>(pattern, LOOKED_TO)) return LIST_LINES
    return u32(isListed(pattern, at))
  }
  const control = <usize>load<u32>(pattern, LOOP)
  if (!control) return ASK
  spendText(run, lengthOf(run + PATTERN_SPACE))
  const found = hasMatch(control, <usize>from, <usize>load<u32>(run, PATTERN_SPACE + TO))
  return found == UNKNOWN ? ASK : found
}

/** Whether the line at this offset is listed. */
@inline function isListed(pattern: usize, at: u32): bool {
  const count = load<u32>(pattern, LINE_COUNT)
  const spans = <usize>load<u32>(pattern, LINES)
  let index = load<u32>(pattern, LINE_INDEX)
  // Who looks for the next line to treat may be ahead.
  while (index > 0 && load<u32>(spans + (<usize>(index - 1) << 3)) >= at) index--
  while (index < count && load<u32>(spans + (<usize>index << 3)) < at) index++
  store<u32>(pattern, index, LINE_INDEX)
  return index < count && load<u32>(spans + (<usize>index << 3)) == at
}
