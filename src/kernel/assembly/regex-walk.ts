import { DONE, field, NEED, setField, SPECIAL, UNBUILT } from './automaton'
import { ARRIVALS, AT, BATCH, CONTEXTS, OUT, STATE, STOP, TRACE, WALKS } from './regex-control'

// Walks through a pattern along the states of a run backward, which tell where its groups lie.

// A row's walks, by the context before the place and where in the pattern the walk arrives: where it arrives
// behind the next byte, and what to note; both 0 for a walk not yet made.
const WALK_BYTES: usize = 8
const FINISHED: u32 = 0xffffffff
const NO_WALKS: u32 = SPECIAL | UNBUILT

/**
 * Walks forward through the places [AT, STOP), whose states stand from TRACE downwards, and writes what to note
 * and where to OUT.
 */
export function regexWalk(control: usize): u32 {
  const walks = <usize>field(control, WALKS)
  const contexts = <usize>field(control, CONTEXTS)
  const arrivals = <usize>field(control, ARRIVALS)
  const stop = <usize>field(control, STOP)
  const batch = <usize>field(control, BATCH)
  let at = <usize>field(control, AT)
  let trace = <usize>field(control, TRACE)
  let out = <usize>field(control, OUT)
  let arrival = <usize>field(control, STATE)
  let result = DONE
  while (at < stop) {
    const row = <usize>load<u32>(walks + <usize>load<u32>(trace))
    const context: usize = contexts && at > batch ? <usize>load<u8>(contexts + <usize>load<u8>(at - 1)) : 0
    const walk = row + (context * arrivals + arrival) * WALK_BYTES
    if (row == NO_WALKS || load<u32>(walk) == 0) {
      result = NEED
      break
    }
    const note = load<u32>(walk, 4)
    if (note) {
      store<u32>(out, note)
      store<u32>(out, <u32>at, 4)
      out += 8
    }
    if (load<u32>(walk) == FINISHED) break
    arrival = <usize>load<u32>(walk)
    at++
    trace -= 4
  }
  setField(control, AT, <u32>at)
  setField(control, STATE, <u32>arrival)
  setField(control, TRACE, <u32>trace)
  setField(control, OUT, <u32>out)
  return result
}
