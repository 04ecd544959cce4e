import { DEAD, DONE, field, FLAGS, MATCH, setField, SPECIAL, UNBUILT } from './automaton'
import { findCandidate } from './prefilter'
import { AT, COLUMNS, EDGE, FOUND, MODE, pause, STATE, STOP, TRACE } from './regex-control'

// Runs of an automaton over a text: forward to where a match ends, backward to where it begins.

/** The first candidate of a prefilter in [at, to), or `to`. */
export function regexCandidate(prefilter: usize, at: usize, to: usize): usize {
  return findCandidate(prefilter, at, to)
}

/**
 * Runs forward over [AT, STOP) and looks at EDGE; FOUND is the last place where a match ended, with MODE the first.
 */
export function regexForward(control: usize): u32 {
  const columns = <usize>field(control, COLUMNS)
  const stop = <usize>field(control, STOP)
  const isTest = field(control, MODE) != 0
  let at = <usize>field(control, AT)
  let state = field(control, STATE)
  while (at < stop) {
    const entry = load<u32>(load<u32>(columns + (<usize>load<u8>(at) << 2)) + state)
    if (entry & SPECIAL) {
      if (entry & UNBUILT) return pause(control, at, state)
      if (entry & MATCH) {
        setField(control, FOUND, <u32>at)
        if (isTest) return DONE
      }
      if (entry & DEAD) return DONE
    }
    state = entry & ~FLAGS
    at++
  }
  const entry = load<u32>(<usize>field(control, EDGE) + state)
  if (entry & UNBUILT) return pause(control, at, state)
  if (entry & MATCH) setField(control, FOUND, <u32>at)
  return DONE
}

/**
 * Runs backward from AT down to STOP and looks at EDGE; FOUND is the last place where a match ended. With TRACE
 * it notes the state at each place from there on, AT's first.
 */
export function regexBackward(control: usize): u32 {
  const columns = <usize>field(control, COLUMNS)
  const stop = <usize>field(control, STOP)
  let at = <usize>field(control, AT)
  let state = field(control, STATE)
  let trace = <usize>field(control, TRACE)
  while (true) {
    if (trace) {
      store<u32>(trace, state)
      trace += 4
    }
    const column = at > stop ? load<u32>(columns + (<usize>load<u8>(at - 1) << 2)) : field(control, EDGE)
    const entry = load<u32>(column + state)
    if (entry & SPECIAL) {
      if (entry & UNBUILT) {
        if (trace) setField(control, TRACE, <u32>trace - 4)
        return pause(control, at, state)
      }
      if (entry & MATCH) setField(control, FOUND, <u32>at)
      if (entry & DEAD) return DONE
    }
    if (at == stop) return DONE
    state = entry & ~FLAGS
    at--
  }
}
