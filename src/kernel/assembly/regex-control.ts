import { NEED, setField } from './automaton'

// Fields of the control block of src/kernel/regex/control.ts.
export const COLUMNS: usize = 0
export const EDGE: usize = 1 // address of the column of what stands after the range
export const AT: usize = 2
export const STOP: usize = 3
export const STATE: usize = 4
export const FOUND: usize = 5 // the last end of a match
export const TRACE: usize = 6 // where states are noted, 0 for nowhere
export const START: usize = 7
export const TERMINATOR: usize = 8
export const MODE: usize = 9
export const LINE: usize = 10 // the first byte not yet accounted for
export const OUT: usize = 11
export const OUT_END: usize = 12
export const COUNT: usize = 13
export const LIMIT: usize = 14
export const RUNNING: usize = 15 // whether a run is in hand
export const BATCH: usize = 16 // where the batch, or the text, begins
export const PREFILTER: usize = 17 // address of a prefilter, 0 for none
export const VERIFIED: usize = 18 // bytes looked at because of candidates
export const WALKS: usize = 19 // address of the walks' column
export const CONTEXTS: usize = 20 // address of each byte's context, 0 when none matters
export const ARRIVALS: usize = 21 // how many arrivals there are
export const STARTS: usize = 22 // the start states by the context before them; four words

/** Stops for a transition that is not built. */
export function pause(control: usize, at: usize, state: u32): u32 {
  setField(control, AT, <u32>at)
  setField(control, STATE, state)
  setField(control, RUNNING, 1)
  return NEED
}
