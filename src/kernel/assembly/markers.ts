import { maskOf, maskOfSet } from './masks'

// Rows of byte sets, sixty-four bytes a step: a bit of a word stands for each byte. Markers stand where an attempt at a
// match has arrived, and move on with all the others: R. D. Cameron and others, "Bitwise Data Parallelism in Regular
// Expression Matching", PACT 2014.

// A table of sets, as src/kernel/regex/markers.ts writes it: the set's rows (byteset.ts), and how it is sooner found.
const SET_SIZE: usize = 48
const SET_KIND: usize = 32
const SET_BYTE: usize = 36

const SOME: u32 = 0 // by its rows
const SINGLE: u32 = 1 // it is this byte alone
const NEARLY_ALL: u32 = 2 // it is all bytes but the terminator

// A program: steps of a kind, the index of a set, and what goes over from one step of bytes into the next.
const STEP_SIZE: usize = 16
const STEP_SET: usize = 4
const CARRY: usize = 8

const ANYWHERE: u32 = 0 // markers on all bytes
const START: u32 = 1 // markers on the first bytes of lines
const ONE: u32 = 2 // over a byte of the set
const OPTIONAL: u32 = 3 // over one, or none
const ANY: u32 = 4 // over as many as there are, or fewer
const END: u32 = 5 // only those at a line's end stay

/** For each set, which bytes of the step it has. */
const MASKS = memory.data(64)

/** Forgets the markers of another text: a line begins. */
export function resetMarkers(program: usize, programEnd: usize): void {
  for (let step = program; step < programEnd; step += STEP_SIZE)
    store<u64>(step, load<u32>(step) == START ? 1 : 0, CARRY)
}

/** Finds the bytes of each set at `at`; the lines' ends are known, and which bytes are of the text. */
@inline export function markSets(at: usize, sets: usize, setsEnd: usize, ends: u64, inText: u64): void {
  let mask = MASKS
  for (let set = sets; set < setsEnd; set += SET_SIZE, mask += 8) {
    const kind = load<u32>(set, SET_KIND)
    const found =
      kind == SINGLE
        ? maskOf(at, i8x16.splat(<i8>load<u32>(set, SET_BYTE)))
        : kind == NEARLY_ALL
          ? ~ends
          : maskOfSet(at, v128.load(set), v128.load(set, 16))
    store<u64>(mask, found & inText)
  }
}

/** The bytes of the first set. */
@inline export function firstMask(): u64 {
  return load<u64>(MASKS)
}

/** Moves all markers over the bytes that `markSets` has looked at. Returns the bytes behind which a match ends. */
@inline export function moveMarkers(program: usize, programEnd: usize, ends: u64): u64 {
  let markers: u64 = 0
  let found: u64 = 0
  for (let step = program; step < programEnd; step += STEP_SIZE) {
    const mask = load<u64>(MASKS + (<usize>load<u32>(step, STEP_SET) << 3))
    const carry = load<u64>(step, CARRY)
    switch (load<u32>(step)) {
      case ANYWHERE:
        found |= markers
        markers = ~(<u64>0)
        break
      case START:
        found |= markers
        markers = (ends << 1) | carry
        store<u64>(step, ends >> 63, CARRY)
        break
      case ONE: {
        const over = markers & mask
        markers = (over << 1) | carry
        store<u64>(step, over >> 63, CARRY)
        break
      }
      case OPTIONAL: {
        const over = markers & mask
        markers |= (over << 1) | carry
        store<u64>(step, over >> 63, CARRY)
        break
      }
      case ANY: {
        // A marker that is added to the bits it may go over carries as far as they go.
        const added = (markers & mask) + mask
        const carried = added + carry
        markers |= carried ^ mask
        store<u64>(step, (added < mask ? 1 : 0) | (carried < added ? 1 : 0), CARRY)
        break
      }
      case END:
        markers &= ends
    }
  }
  return found | markers
}
