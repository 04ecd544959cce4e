// The tables of the lazy automata of src/kernel/regex, as loops read them. TypeScript builds a transition when one asks for it.

// An automaton's columns: for each byte the address of its class's column in the first row of the table.
// A state is the offset of its row; an entry is the next state, a multiple of 16, and flags.
export const SPECIAL: u32 = 1 // some other flag is set
export const MATCH: u32 = 2 // a match ends before the byte
export const DEAD: u32 = 4 // nothing more can match
export const UNBUILT: u32 = 8
export const FLAGS: u32 = 15

// What a loop returns.
export const DONE: u32 = 0
export const NEED: u32 = 1 // the transition from STATE at AT is not built
export const FULL: u32 = 2 // no room for another span

// Words of a control block.
@inline export function field(control: usize, index: usize): u32 {
  return load<u32>(control + (index << 2))
}
@inline export function setField(control: usize, index: usize, value: u32): void {
  store<u32>(control + (index << 2), value)
}
