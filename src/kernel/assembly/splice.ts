// Making a text from the spans that a search found in another.

import { copyBlocks } from './bytes'

/** Copies [from, to) to `out`. */
export function copyBytes(from: usize, to: usize, out: usize): void {
  memory.copy(out, from, to - from)
}

// A template: parts of three words each. Literal bytes come first, then a group of the match.
const LITERAL: usize = 0
const LITERAL_LENGTH: usize = 4
const GROUP: usize = 8 // NO_GROUP for none
const PART_BYTES: usize = 12
const NO_GROUP: u32 = 0xffffffff

/**
 * Copies [at, to) with `count` matches replaced by what a template makes of them; returns how many bytes it wrote.
 * A match is `stride` bytes of spans: pairs of offsets from `batch`, the match's own and then its groups'; -1 for
 * a group that took no part.
 */
export function replaceMatches(
  batch: usize,
  at: usize,
  to: usize,
  matches: usize,
  count: u32,
  stride: usize,
  parts: usize,
  partCount: usize,
  out: usize,
): usize {
  const begin = out
  const partsEnd = parts + partCount * PART_BYTES
  for (let index: u32 = 0; index < count; index++) {
    const start = batch + <usize>load<u32>(matches)
    out = copyBlocks(out, at, start)
    for (let part = parts; part < partsEnd; part += PART_BYTES) {
      const literal = <usize>load<u32>(part, LITERAL)
      out = copyBlocks(out, literal, literal + <usize>load<u32>(part, LITERAL_LENGTH))
      const group = load<u32>(part, GROUP)
      if (group == NO_GROUP) continue
      const span = matches + (<usize>group << 3)
      if (load<i32>(span) < 0) continue
      out = copyBlocks(out, batch + <usize>load<u32>(span), batch + <usize>load<u32>(span, 4))
    }
    at = batch + <usize>load<u32>(matches, 4)
    matches += stride
  }
  return copyBlocks(out, at, to) - begin
}

/** Copies `count` spans, each with a terminator behind it; returns how many bytes it wrote. */
export function copySpans(batch: usize, spans: usize, count: u32, terminator: u32, out: usize): usize {
  const begin = out
  for (let index: u32 = 0; index < count; index++) {
    out = copyBlocks(out, batch + <usize>load<u32>(spans), batch + <usize>load<u32>(spans, 4))
    store<u8>(out++, <u8>terminator)
    spans += 8
  }
  return out - begin
}
