// Lists the matches in a text, line by line, with two lazy automata of src/kernel/regex/automaton.ts: one runs
// forward to where the leftmost-longest match ends, one backward from there to where it begins.

import { DEAD, DONE, field, FLAGS, FULL, MATCH, NEED, setField, SPECIAL, UNBUILT } from './automaton'
import { earliestStart, findCandidate, PREFILTER_IS_EXACT, prefilterLength } from './prefilter'
import { findByte, findLastByte } from './scan'

// Fields of the control block; src/kernel/regex/matches.ts writes them.
const FORWARD_COLUMNS: usize = 0
const FORWARD_EDGE: usize = 1
const FORWARD_STARTS: usize = 2 // by the context before the start; four words
const BACKWARD_COLUMNS: usize = 6
const BACKWARD_EDGE: usize = 7
const BACKWARD_STARTS: usize = 8
const CONTEXTS: usize = 12 // address of each byte's context
const PREFILTER: usize = 13 // address, 0 for none
export const TERMINATOR: usize = 14 // NO_TERMINATOR when the text is one line
export const STOP: usize = 15
export const MODE: usize = 16
export const NUMBER: usize = 17 // the first match of a line to list, from 1
export const OUT: usize = 18
export const OUT_END: usize = 19
export const BATCH: usize = 20
// Where the walk is.
export const PHASE: usize = 21
export const LINE: usize = 22 // start of the line in hand, or of the next one
const LINE_STOP: usize = 23
const FROM: usize = 24 // where the search in hand begins
const AT: usize = 25
const STATE: usize = 26
const FOUND: usize = 27 // end of the match
const PREVIOUS: usize = 28 // end of the match before, 0 for none
const SEEN: usize = 29 // matches of the line so far
const START: usize = 30 // within a run backward: the lowest start of a match so far
// What is known of all matches.
const SHAPE: usize = 31
const WIDTH: usize = 32 // from a match's beginning to where it may end first; NOT_THE_SAME when that differs

const NOT_THE_SAME: u32 = 0xffffffff

// Shapes.
const ANCHORED: u32 = 1 // a match begins where its search does
const OPEN_ENDED: u32 = 2 // a match ends with its line

export const NO_TERMINATOR: u32 = 256

// Modes.
export const ONE_A_LINE: u32 = 1
const SKIP_EMPTY: u32 = 2 // no empty matches at all; else none right behind a match
export const ANY: u32 = 4 // where a match lies does not matter

// Phases.
export const NEXT_LINE: u32 = 0
const SEARCH: u32 = 1
const FORWARD: u32 = 2
const BACKWARD: u32 = 3
const TAKE: u32 = 4 // the match from AT to FOUND

/** Writes spans of matches from OUT on, as pairs of offsets into the batch, until the text or the room ends. */
export function listMatches(control: usize): u32 {
  while (true) {
    switch (field(control, PHASE)) {
      case NEXT_LINE:
        if (!beginLine(control)) return DONE
        break
      case SEARCH:
        beginSearch(control)
        break
      case FORWARD:
        if (!runForward(control)) return NEED
        break
      case BACKWARD:
        if (!runBackward(control)) return NEED
        break
      default:
        if (!takeMatch(control)) return FULL
    }
  }
}

function beginLine(control: usize): bool {
  const stop = <usize>field(control, STOP)
  const terminator = field(control, TERMINATOR)
  let line = <usize>field(control, LINE)
  if (line > stop || (line == stop && terminator != NO_TERMINATOR)) return false
  const prefilter = <usize>field(control, PREFILTER)
  let hit: usize = 0
  if (prefilter) {
    hit = findCandidate(prefilter, line, stop)
    if (hit == stop) return false
    if (terminator != NO_TERMINATOR) line = findLastByte(line, hit, terminator) + 1
  }
  const lineStop = terminator == NO_TERMINATOR ? stop : findByte(hit ? hit : line, stop, terminator)
  setField(control, LINE, <u32>line)
  setField(control, LINE_STOP, <u32>lineStop)
  setField(control, FROM, <u32>(hit ? earliestStart(prefilter, line, hit) : line))
  setField(control, PREVIOUS, 0)
  setField(control, SEEN, 0)
  setField(control, PHASE, SEARCH)
  if (hit && load<u32>(prefilter, PREFILTER_IS_EXACT)) setExact(control, hit, prefilterLength(prefilter))
  return true
}

/** A candidate that is a match for sure. */
function setExact(control: usize, hit: usize, length: usize): void {
  if (length == 0) return
  setField(control, AT, <u32>hit)
  setField(control, FOUND, <u32>(hit + length))
  setField(control, PHASE, TAKE)
}

function endLine(control: usize): void {
  setField(control, LINE, field(control, LINE_STOP) + 1)
  setField(control, PHASE, NEXT_LINE)
}

@inline function contextOf(control: usize, at: usize): usize {
  return <usize>load<u8>(<usize>field(control, CONTEXTS) + <usize>load<u8>(at))
}

function beginSearch(control: usize): void {
  const from = <usize>field(control, FROM)
  const context: usize = from > <usize>field(control, LINE) ? contextOf(control, from - 1) : 0
  setField(control, AT, <u32>from)
  setField(control, STATE, field(control, FORWARD_STARTS + context))
  setField(control, FOUND, 0)
  setField(control, PHASE, FORWARD)
}

function runForward(control: usize): bool {
  const columns = <usize>field(control, FORWARD_COLUMNS)
  const stop = <usize>field(control, LINE_STOP)
  let at = <usize>field(control, AT)
  let state = field(control, STATE)
  let found = field(control, FOUND)
  const width = field(control, WIDTH)
  const shape = field(control, SHAPE)
  const isAny = (field(control, MODE) & ANY) != 0
  const isFirstEnough = width != NOT_THE_SAME || (shape & OPEN_ENDED) != 0 || isAny
  while (at < stop) {
    const entry = load<u32>(load<u32>(columns + (<usize>load<u8>(at) << 2)) + state)
    if (entry & SPECIAL) {
      if (entry & UNBUILT) {
        setField(control, FOUND, found)
        return pause(control, at, state)
      }
      if (entry & MATCH) {
        found = <u32>at
        if (isFirstEnough) break
      }
      if (entry & DEAD) break
    }
    state = entry & ~FLAGS
    at++
  }
  if (at == stop && (found == 0 || !isFirstEnough)) {
    const entry = load<u32>(<usize>field(control, FORWARD_EDGE) + state)
    if (entry & UNBUILT) {
      setField(control, FOUND, found)
      return pause(control, at, state)
    }
    if (entry & MATCH) found = <u32>at
  }
  if (found == 0) {
    endLine(control)
    return true
  }
  const end = shape & OPEN_ENDED ? <u32>stop : found
  setField(control, FOUND, end)
  if (isAny || shape & ANCHORED || end == field(control, FROM)) {
    setField(control, AT, field(control, FROM))
    setField(control, PHASE, TAKE)
  } else if (width != NOT_THE_SAME) {
    setField(control, AT, found - width)
    setField(control, PHASE, TAKE)
  } else {
    setField(control, AT, end)
    const context: usize = <usize>end < stop ? contextOf(control, <usize>end) : 0
    setField(control, STATE, field(control, BACKWARD_STARTS + context))
    setField(control, START, 0)
    setField(control, PHASE, BACKWARD)
  }
  return true
}

function runBackward(control: usize): bool {
  const columns = <usize>field(control, BACKWARD_COLUMNS)
  const stop = <usize>field(control, FROM)
  const edge =
    stop > <usize>field(control, LINE)
      ? load<u32>(columns + (<usize>load<u8>(stop - 1) << 2))
      : field(control, BACKWARD_EDGE)
  let at = <usize>field(control, AT)
  let state = field(control, STATE)
  let start = field(control, START)
  while (true) {
    const column = at > stop ? load<u32>(columns + (<usize>load<u8>(at - 1) << 2)) : edge
    const entry = load<u32>(column + state)
    if (entry & SPECIAL) {
      if (entry & UNBUILT) {
        setField(control, START, start)
        return pause(control, at, state)
      }
      if (entry & MATCH) start = <u32>at
      if (entry & DEAD) break
    }
    if (at == stop) break
    state = entry & ~FLAGS
    at--
  }
  setField(control, AT, start)
  setField(control, PHASE, TAKE)
  return true
}

function pause(control: usize, at: usize, state: u32): bool {
  setField(control, AT, <u32>at)
  setField(control, STATE, state)
  return false
}

/** Lists the match in hand if it counts, and sets where to go on; false when there is no room. */
function takeMatch(control: usize): bool {
  const mode = field(control, MODE)
  const start = field(control, AT)
  const end = field(control, FOUND)
  const isSkipped = start == end && (mode & SKIP_EMPTY || end == field(control, PREVIOUS))
  if (!isSkipped) {
    const seen = field(control, SEEN) + 1
    const isListed = seen >= field(control, NUMBER)
    if (isListed) {
      const out = <usize>field(control, OUT)
      if (out + 8 > <usize>field(control, OUT_END)) return false
      const batch = field(control, BATCH)
      store<u32>(out, start - batch)
      store<u32>(out, end - batch, 4)
      setField(control, OUT, <u32>out + 8)
    }
    setField(control, SEEN, seen)
    setField(control, PREVIOUS, end)
    if (isListed && mode & ONE_A_LINE) {
      endLine(control)
      return true
    }
  }
  // Behind an empty match the search goes on one byte further.
  const next = start == end ? end + 1 : end
  if (next > field(control, LINE_STOP)) endLine(control)
  else {
    setField(control, FROM, next)
    setField(control, PHASE, SEARCH)
    const prefilter = <usize>field(control, PREFILTER)
    if (prefilter) nextCandidate(control, prefilter, <usize>next)
  }
  return true
}

function nextCandidate(control: usize, prefilter: usize, from: usize): void {
  const stop = <usize>field(control, LINE_STOP)
  const hit = findCandidate(prefilter, from, stop)
  if (hit == stop) endLine(control)
  else if (load<u32>(prefilter, PREFILTER_IS_EXACT)) setExact(control, hit, prefilterLength(prefilter))
  else setField(control, FROM, <u32>earliestStart(prefilter, from, hit))
}
