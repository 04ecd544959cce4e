import { listAll } from './text-matches'
import {
  BATCH, DATA, DO, FROM, GO_ON, GROUP_USES, GROW, HAS_REPLACED, ID, IS_GLOBAL, IS_LISTED, IS_ORIGINAL, LAST_PATTERN,
  LIST_MATCHES, LITERAL_BYTES, LOOKED_FROM, LOOKED_TO, LOOP, MATCH_COUNT, MATCH_INDEX, MATCHES, NO_ROOM, PART_COUNT, PARTS,
  PATTERN_SPACE, PHASE, PRINTS, REST, SELECT, SPANS, SPANS_END, SPARE, STRIDE, TO, WAS_USED, WHICH,
} from './sed-layout'
import { hasBlock, lengthOf, print, spendText, takeSpare } from './sed-space'
import { replaceMatches } from './splice'

// The command `s`: in a line as it was read by the matches that were listed for many lines at once, else by those listed here.

export function substitute(run: usize, command: usize): u32 {
  if (load<u32>(run, PHASE) == REST) return printReplaced(run)
  const how = <usize>load<u32>(command, DATA)
  store<u32>(run, load<u32>(how, ID), LAST_PATTERN)
  store<u32>(how, 1, WAS_USED)
  if (load<u32>(run, IS_ORIGINAL) && load<u32>(how, IS_LISTED)) return substituteInLine(run, how)
  const control = <usize>load<u32>(how, LOOP)
  if (!control) return DO
  const space = run + PATTERN_SPACE
  spendText(run, lengthOf(space))
  const from = <usize>load<u32>(space, FROM)
  const spans = <usize>load<u32>(how, SPANS)
  const end = listAll(
    control,
    from,
    <usize>load<u32>(space, TO),
    load<u32>(how, IS_GLOBAL) == 0,
    load<u32>(how, WHICH),
    spans,
    <usize>load<u32>(how, SPANS_END),
  )
  if (!end) return DO
  return end == spans ? GO_ON : replace(run, how, from, spans, <u32>(end - spans) >> 3, 8)
}

function substituteInLine(run: usize, how: usize): u32 {
  const batch = load<u32>(run, BATCH)
  const from = load<u32>(run, PATTERN_SPACE + FROM) - batch
  const to = load<u32>(run, PATTERN_SPACE + TO) - batch
  if (from < load<u32>(how, LOOKED_FROM) || from >= load<u32>(how, LOOKED_TO)) return LIST_MATCHES
  const stride = <usize>load<u32>(how, STRIDE)
  const matches = <usize>load<u32>(how, MATCHES)
  const end = matches + <usize>load<u32>(how, MATCH_COUNT) * stride
  let first = matches + <usize>load<u32>(how, MATCH_INDEX) * stride
  while (first < end && load<u32>(first) < from) first += stride
  store<u32>(how, <u32>((first - matches) / stride), MATCH_INDEX)
  let behind = first
  while (behind < end && load<u32>(behind) <= to) behind += stride
  if (behind == first) return GO_ON
  return replace(run, how, <usize>batch, first, <u32>((behind - first) / stride), stride)
}

/** Replaces the matches, offsets from `base`, in the pattern space. */
function replace(run: usize, how: usize, base: usize, matches: usize, count: u32, stride: usize): u32 {
  const space = run + PATTERN_SPACE
  const room =
    lengthOf(space) * (1 + <usize>load<u32>(how, GROUP_USES)) + <usize>count * <usize>load<u32>(how, LITERAL_BYTES)
  if (!hasBlock(run, run + SPARE, room)) return GROW
  const spare = <usize>load<u32>(run, SPARE)
  const written = replaceMatches(
    base,
    <usize>load<u32>(space, FROM),
    <usize>load<u32>(space, TO),
    matches,
    count,
    stride,
    <usize>load<u32>(how, PARTS),
    <usize>load<u32>(how, PART_COUNT),
    spare,
  )
  takeSpare(run, written)
  store<u32>(run, 1, HAS_REPLACED)
  return load<u32>(how, PRINTS) ? printReplaced(run) : GO_ON
}

function printReplaced(run: usize): u32 {
  const isPrinted = print(run)
  store<u32>(run, isPrinted ? SELECT : REST, PHASE)
  return isPrinted ? GO_ON : NO_ROOM
}
