import { writeDecimal } from './decimal'
import { findByte } from './scan'

// Choosing at random: numbers, orders and samples, by the algorithm that GNU shuf follows, so that the same random
// bytes give the same result.

// Where random numbers come from, as src/tools/lines/shuf/chance.ts lays it out. What is left of the bytes after a choice
// is a number below a limit, for the next one.
const REST: usize = 0 // u64
const REST_LIMIT: usize = 8 // u64: the greatest that the rest could be
const BYTES: usize = 16 // u32: the address of random bytes
const BYTES_END: usize = 20 // u32
const CHOSEN: usize = 24 // u64: the number chosen last
const SEEN: usize = 32 // u64: lines that were sampled
const COPY: usize = 40 // u32: where the next sampled line goes
const WRITTEN: usize = 44 // u32: where `gatherLines` stopped writing

const LONGEST_NUMBER: usize = 20

const ENTRY_SIZE: usize = 8 // a number, or the address and the length of a line

/** Chooses a number from 0 to `most`, each as likely; false when that takes more bytes. */
export function chooseNumber(chance: usize, most: u64): bool {
  let rest = load<u64>(chance, REST)
  let limit = load<u64>(chance, REST_LIMIT)
  while (true) {
    if (limit < most) {
      let at = <usize>load<u32>(chance, BYTES)
      const end = <usize>load<u32>(chance, BYTES_END)
      let needed: usize = 0
      for (let reached = limit; reached < most; reached = (reached << 8) + 255) needed++
      if (end - at < needed) {
        keepRest(chance, rest, limit)
        return false
      }
      for (; limit < most; at++) {
        rest = (rest << 8) + <u64>load<u8>(at)
        limit = (limit << 8) + 255
      }
      store<u32>(chance, <u32>at, BYTES)
    }
    if (limit == most) {
      keepRest(chance, 0, 0)
      store<u64>(chance, rest, CHOSEN)
      return true
    }
    // What lies beyond the last whole multiple of the choices would favour some of them.
    const choices = most + 1
    const turns = (limit - most) / choices
    const unusable = limit - most - turns * choices
    const usable = limit - unusable
    if (rest <= usable) {
      const turn = rest / choices
      keepRest(chance, turn, turns)
      store<u64>(chance, rest - turn * choices, CHOSEN)
      return true
    }
    rest -= usable + 1
    limit = unusable - 1
  }
}

function keepRest(chance: usize, rest: u64, limit: u64): void {
  store<u64>(chance, rest, REST)
  store<u64>(chance, limit, REST_LIMIT)
}

/** Makes entries of the numbers from `low` on. */
export function listNumbers(low: u64, count: u32, table: usize): void {
  const end = table + <usize>count * ENTRY_SIZE
  for (; table < end; table += ENTRY_SIZE) store<u64>(table, low++)
}

/** Writes the numbers of entries [at, count) to [out, outEnd) as far as they fit; returns how far it came. */
export function gatherNumbers(
  chance: usize,
  table: usize,
  at: u32,
  count: u32,
  delimiter: u32,
  out: usize,
  outEnd: usize,
): u32 {
  for (; at < count && out + LONGEST_NUMBER < outEnd; at++) {
    out = writeDecimal(load<u64>(table + <usize>at * ENTRY_SIZE), out)
    store<u8>(out++, <u8>delimiter)
  }
  store<u32>(chance, <u32>out, WRITTEN)
  return at
}

/** Puts entries [at, count) of the `size` in a random order; returns how far it came with the bytes. */
export function shuffleEntries(chance: usize, table: usize, at: u32, count: u32, size: u32): u32 {
  for (; at < count; at++) {
    if (!chooseNumber(chance, size - at - 1)) return at
    const here = table + <usize>at * ENTRY_SIZE
    const there = here + <usize>load<u64>(chance, CHOSEN) * ENTRY_SIZE
    const entry = load<u64>(here)
    store<u64>(here, load<u64>(there))
    store<u64>(there, entry)
  }
  return at
}

/** Puts randomly chosen ones of `size` entries at places [at, count) of `picks`; returns how far it came. */
export function pickEntries(chance: usize, table: usize, size: u32, picks: usize, at: u32, count: u32): u32 {
  for (; at < count; at++) {
    if (!chooseNumber(chance, size - 1)) return at
    store<u64>(
      picks + <usize>at * ENTRY_SIZE,
      load<u64>(table + <usize>load<u64>(chance, CHOSEN) * ENTRY_SIZE),
    )
  }
  return at
}

/**
 * Samples the lines of [from, to): each line so far has the same chance to be among the `size` entries. Their text is
 * copied. Returns the address of the first line that it has no random bytes for.
 */
export function sampleLines(
  chance: usize,
  from: usize,
  to: usize,
  delimiter: u32,
  table: usize,
  size: u32,
): usize {
  while (from < to) {
    let place = load<u64>(chance, SEEN)
    if (place >= <u64>size) {
      if (!chooseNumber(chance, place)) return from
      place = load<u64>(chance, CHOSEN)
    }
    store<u64>(chance, load<u64>(chance, SEEN) + 1, SEEN)
    const end = findByte(from, to, delimiter)
    if (place < <u64>size) {
      const copy = <usize>load<u32>(chance, COPY)
      memory.copy(copy, from, end - from)
      setLine(table + <usize>place * ENTRY_SIZE, copy, end - from)
      store<u32>(chance, <u32>(copy + end - from), COPY)
    }
    from = end + 1
  }
  return from
}

/** Makes entries of the lines of [from, to). */
export function listLines(from: usize, to: usize, delimiter: u32, table: usize): void {
  for (; from < to; table += ENTRY_SIZE) {
    const end = findByte(from, to, delimiter)
    setLine(table, from, end - from)
    from = end + 1
  }
}

function setLine(entry: usize, line: usize, length: usize): void {
  store<u32>(entry, <u32>line)
  store<u32>(entry, <u32>length, 4)
}

/** Writes the lines of entries [at, count) to [out, outEnd) as far as they fit; returns how far it came. */
export function gatherLines(
  chance: usize,
  table: usize,
  at: u32,
  count: u32,
  delimiter: u32,
  out: usize,
  outEnd: usize,
): u32 {
  for (; at < count; at++) {
    const entry = table + <usize>at * ENTRY_SIZE
    const length = <usize>load<u32>(entry, 4)
    if (outEnd - out <= length) break
    memory.copy(out, load<u32>(entry), length)
    store<u8>(out + length, <u8>delimiter)
    out += length + 1
  }
  store<u32>(chance, <u32>out, WRITTEN)
  return at
}
