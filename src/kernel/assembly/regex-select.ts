import { DONE, field, FLAGS, FULL, MATCH, setField, SPECIAL, UNBUILT } from './automaton'
import { earliestStart, findCandidate, PREFILTER_IS_EXACT } from './prefilter'
import {
  AT, BATCH, COLUMNS, CONTEXTS, COUNT, EDGE, LIMIT, LINE, MODE, OUT, OUT_END, pause, PREFILTER, RUNNING, START,
  STARTS, STATE, STOP, TERMINATOR, VERIFIED,
} from './regex-control'
import { countByte, findByte, findNearByte } from './scan'

// Selecting lines with an automaton that runs over many of them at once.

/** What taking a line returns, unless the selection is to stop: go on. */
const SELECTED: u32 = 3

// Modes of regexSelect.
const COUNT_LINES: u32 = 0
const WRITE_SPANS: u32 = 1
const COPY_LINES: u32 = 2
const INVERT: u32 = 4

const NO_LIMIT: u32 = 0xffffffff

/** What a candidate costs, in bytes that an automaton runs over; and one that is a match. */
const CANDIDATE_COST: u32 = 8
const MATCH_COST: u32 = 16

/**
 * Goes through the lines of [AT, STOP) and counts, lists or copies those that match, or with INVERT the others,
 * up to LIMIT. Spans leave out the terminator; copies have one, also where the last line lacks it.
 */
export function regexSelect(control: usize): u32 {
  const columns = <usize>field(control, COLUMNS)
  const terminator = field(control, TERMINATOR)
  const start = field(control, START)
  const prefilter = <usize>field(control, PREFILTER)
  const inverted = (field(control, MODE) & INVERT) != 0
  const isCounting = field(control, MODE) == COUNT_LINES
  const stop = <usize>field(control, STOP)
  let at = <usize>field(control, AT)
  let state = field(control, STATE)
  let isRunning = field(control, RUNNING) != 0
  let idle = start
  let hit = at
  while (true) {
    let from = at
    if (!isRunning) {
      if (at >= stop) break
      state = start
      if (prefilter) {
        hit = findCandidate(prefilter, at, stop)
        if (hit == stop) {
          at = stop
          break
        }
        if (load<u32>(prefilter, PREFILTER_IS_EXACT)) {
          at = lineStartOf(hit, at, terminator)
          const end = findByte(hit, stop, terminator)
          setField(control, VERIFIED, field(control, VERIFIED) + MATCH_COST)
          const result = inverted ? selectGap(control, at) : selectLine(control, at, end)
          if (result != SELECTED) return result
          at = afterLine(end, stop)
          setField(control, LINE, <u32>at)
          continue
        }
        at = lineStartOf(hit, earliestStart(prefilter, at, hit), terminator)
        from = at
        state = startAt(control, at, terminator)
        idle = state
      }
    }
    isRunning = false

    let matched = false
    while (at < stop) {
      const entry = load<u32>(load<u32>(columns + (<usize>load<u8>(at) << 2)) + state)
      if (entry & SPECIAL) {
        if (entry & UNBUILT) return pause(control, at, state)
        if (entry & MATCH) {
          matched = true
          break
        }
        const end = findNearByte(at, stop, terminator)
        state = end < stop ? start : entry & ~FLAGS
        at = afterLine(end, stop)
        if (prefilter) break
      } else {
        state = entry
        at++
        // Where all is as if the text began here, the next candidate is looked for.
        if (prefilter && (state == idle || state == start) && at > hit)
          if (state == startAt(control, at, terminator)) break
      }
    }
    if (prefilter) setField(control, VERIFIED, field(control, VERIFIED) + <u32>(at - from) + CANDIDATE_COST)
    if (!matched && at == stop && load<u8>(stop - 1) != terminator) {
      const entry = load<u32>(<usize>field(control, EDGE) + state)
      if (entry & UNBUILT) return pause(control, at, state)
      matched = (entry & MATCH) != 0
    }
    if (!matched) continue
    const end = findNearByte(at, stop, terminator)
    if (isCounting) {
      at = afterLine(end, stop)
      const count = field(control, COUNT) + 1
      setField(control, COUNT, count)
      if (count == field(control, LIMIT)) return stopAt(control, at, DONE)
      continue
    }
    const line = lineStartOf(at, <usize>field(control, LINE), terminator)
    const result = inverted ? selectGap(control, line) : selectLine(control, line, end)
    if (result != SELECTED) return result
    at = afterLine(end, stop)
    setField(control, LINE, <u32>at)
  }
  if (inverted) {
    const result = selectGap(control, stop)
    if (result != SELECTED) return result
  }
  setField(control, AT, <u32>stop)
  return DONE
}

/** The state in which a run begins at a place. */
function startAt(control: usize, at: usize, terminator: u32): u32 {
  const contexts = <usize>field(control, CONTEXTS)
  if (contexts == 0 || at == <usize>field(control, BATCH) || load<u8>(at - 1) == terminator)
    return field(control, START)
  return field(control, STARTS + <usize>load<u8>(contexts + <usize>load<u8>(at - 1)))
}

@inline function afterLine(end: usize, stop: usize): usize {
  return end < stop ? end + 1 : stop
}

/** Stops for good or for now: the next call begins at the line `at`. */
function stopAt(control: usize, at: usize, result: u32): u32 {
  setField(control, AT, <u32>at)
  setField(control, LINE, <u32>at)
  setField(control, RUNNING, 0)
  return result
}

/** Takes the line [from, end): SELECTED, or what regexSelect returns. */
function selectLine(control: usize, from: usize, end: usize): u32 {
  const mode = field(control, MODE) & ~INVERT
  const stop = <usize>field(control, STOP)
  if (mode != COUNT_LINES) {
    const out = <usize>field(control, OUT)
    if (mode == WRITE_SPANS) {
      if (out + 8 > <usize>field(control, OUT_END)) return stopAt(control, from, FULL)
      const batch = field(control, BATCH)
      store<u32>(out, <u32>from - batch)
      store<u32>(out + 4, <u32>end - batch)
      setField(control, OUT, <u32>out + 8)
    } else copyLines(control, from, afterLine(end, stop))
  }
  const count = field(control, COUNT) + 1
  setField(control, COUNT, count)
  if (count == field(control, LIMIT)) return stopAt(control, afterLine(end, stop), DONE)
  return SELECTED
}

/** Takes the lines from LINE to `end`, the place of the next line that matches or of the batch's end. */
function selectGap(control: usize, end: usize): u32 {
  const terminator = field(control, TERMINATOR)
  let from = <usize>field(control, LINE)
  if (from == end) return SELECTED
  const mode = field(control, MODE) & ~INVERT
  if (field(control, LIMIT) == NO_LIMIT && mode != WRITE_SPANS) {
    if (mode == COPY_LINES) copyLines(control, from, end)
    const unterminated: u32 = load<u8>(end - 1) == terminator ? 0 : 1
    setField(control, COUNT, field(control, COUNT) + countByte(from, end, terminator) + unterminated)
    return SELECTED
  }
  while (from < end) {
    const lineEnd = findByte(from, end, terminator)
    const result = selectLine(control, from, lineEnd)
    if (result != SELECTED) return result
    from = afterLine(lineEnd, end)
  }
  return SELECTED
}

function copyLines(control: usize, from: usize, to: usize): void {
  let out = <usize>field(control, OUT)
  memory.copy(out, from, to - from)
  out += to - from
  const terminator = field(control, TERMINATOR)
  if (load<u8>(to - 1) != terminator) store<u8>(out++, <u8>terminator)
  setField(control, OUT, <u32>out)
}

/** The address behind the last terminator in [floor, at), or `floor`. */
function lineStartOf(at: usize, floor: usize, terminator: u32): usize {
  const wanted = i8x16.splat(<i8>terminator)
  while (at >= floor + 16) {
    const mask = i8x16.bitmask(v128.eq<i8>(v128.load(at - 16), wanted))
    if (mask) return at + 16 - <usize>clz(mask)
    at -= 16
  }
  for (; at > floor; at--) if (load<u8>(at - 1) == terminator) return at
  return floor
}
