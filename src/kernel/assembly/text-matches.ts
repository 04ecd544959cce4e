import { DONE, field, FULL, NEED, setField } from './automaton'
import {
  ANY, BATCH, LINE, listMatches, MODE, NEXT_LINE, NO_TERMINATOR, NUMBER, ONE_A_LINE, OUT, OUT_END, PHASE, STOP, TERMINATOR,
} from './matches'

// Matches in one text, for other kernels: they stop where a transition is not built.

// What `hasMatch` returns when a transition is not built.
export const UNKNOWN: u32 = 2

/** Whether there is a match in [from, to), one line whatever it holds: 0, 1 or UNKNOWN. */
export function hasMatch(control: usize, from: usize, to: usize): u32 {
  setText(control, from, to, ANY, 1)
  // The first match finds no room.
  setField(control, OUT, 0)
  setField(control, OUT_END, 0)
  const result = listMatches(control)
  return result == NEED ? UNKNOWN : u32(result == FULL)
}

/**
 * Lists the matches in [from, to), one line whatever it holds, as offsets from there, from match `number` on. Returns where
 * the spans end; 0 where they do not fit, or a transition is not built.
 */
export function listAll(
  control: usize,
  from: usize,
  to: usize,
  isOne: bool,
  number: u32,
  out: usize,
  outEnd: usize,
): usize {
  setText(control, from, to, isOne ? ONE_A_LINE : 0, number)
  setField(control, BATCH, <u32>from)
  setField(control, OUT, <u32>out)
  setField(control, OUT_END, <u32>outEnd)
  return listMatches(control) == DONE ? <usize>field(control, OUT) : 0
}

function setText(control: usize, from: usize, to: usize, mode: u32, number: u32): void {
  setField(control, TERMINATOR, NO_TERMINATOR)
  setField(control, STOP, <u32>to)
  setField(control, MODE, mode)
  setField(control, NUMBER, number)
  setField(control, PHASE, NEXT_LINE)
  setField(control, LINE, <u32>from)
}
