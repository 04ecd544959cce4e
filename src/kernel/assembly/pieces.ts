import { copyBlocks } from './bytes'
import { DELIMITER, ONLY_DELIMITED, OPEN, RANGES } from './cut'
import { firstBits, maskOf, restOf } from './masks'

// Pieces of a text, as a list of where they stand: two addresses each, where one begins and where it ends.

export const START: usize = 0
export const END: usize = 4
export const PIECE_SIZE: usize = 8

/**
 * Lists the lines of [from, to), without what ends them; the last may be ended by `to`. Goes on until the list is full:
 * when it reaches `full`, behind which there is room for 65 more. Returns the list's end.
 */
export function listPieces(from: usize, to: usize, lineEnd: u32, list: usize, full: usize): usize {
  const lineEnds = i8x16.splat(<i8>lineEnd)
  store<u32>(list, <u32>from, START)
  let at = from
  for (; at + 64 <= to && list < full; at += 64) list = endPieces(list, at, maskOf(at, lineEnds))
  if (list >= full) return list
  if (at < to) list = endPieces(list, at, maskOf(restOf(at, to), lineEnds) & firstBits(to - at))
  if (<usize>load<u32>(list, START) >= to) return list
  store<u32>(list, <u32>to, END)
  return list + PIECE_SIZE
}

/**
 * Ends a piece at each of some of the sixty-four bytes at `at`, and begins one behind it. As most lines are long, and
 * nobody can guess in which bytes they end, the first is ended whether it ends there or not.
 */
@inline function endPieces(list: usize, at: usize, ends: u64): usize {
  const listed = list + <usize>popcnt(ends) * PIECE_SIZE
  endPiece(list, at, ends)
  for (list += PIECE_SIZE; list < listed; list += PIECE_SIZE) {
    ends &= ends - 1
    endPiece(list, at, ends)
  }
  return listed
}

@inline function endPiece(piece: usize, at: usize, ends: u64): void {
  const end = <u32>at + <u32>ctz(ends)
  store<u32>(piece, end, END)
  store<u32>(piece, end + 1, PIECE_SIZE + START)
}

/** Makes of listed lines the fields of a plan of `cut` (cut.ts) that has one range; returns the new list's end. */
export function keepFields(list: usize, listEnd: usize, plan: usize): usize {
  const delimiters = i8x16.splat(<i8>load<u32>(plan, DELIMITER))
  const isOnlyDelimited = load<u32>(plan, ONLY_DELIMITED)
  const first = load<u32>(plan, RANGES)
  const last = load<u32>(plan, RANGES + 4)
  let kept = list
  for (; list < listEnd; list += PIECE_SIZE) {
    const line = <usize>load<u32>(list, START)
    const end = <usize>load<u32>(list, END)
    let start = first > 1 ? findNth(delimiters, line, end, first - 1) + 1 : line
    let stop = end
    if (start > end) {
      // Of a line without delimiters all is kept, of one with too few of them nothing.
      start = first == 2 || findNth(delimiters, line, end, 1) == end ? line : end
    } else if (last != OPEN) stop = findNth(delimiters, start, end, last - first + 1)
    if (isOnlyDelimited && stop == end && findNth(delimiters, line, end, 1) == end) continue
    store<u32>(kept, <u32>start, START)
    store<u32>(kept, <u32>stop, END)
    kept += PIECE_SIZE
  }
  return kept
}

/** The same with bytes for fields. */
export function keepBytes(list: usize, listEnd: usize, plan: usize): usize {
  const first = <usize>load<u32>(plan, RANGES) - 1
  const last = <usize>load<u32>(plan, RANGES + 4)
  for (; list < listEnd; list += PIECE_SIZE) {
    const line = <usize>load<u32>(list, START)
    const length = <usize>load<u32>(list, END) - line
    store<u32>(list, <u32>(line + min(first, length)), START)
    store<u32>(list, <u32>(line + min(last, length)), END)
  }
  return listEnd
}

/** Writes listed pieces as lines; returns the end of the output, behind which up to fifteen bytes more are written. */
export function copyPieces(list: usize, listEnd: usize, lineEnd: u32, out: usize): usize {
  for (; list < listEnd; list += PIECE_SIZE) {
    out = copyBlocks(out, load<u32>(list, START), load<u32>(list, END))
    store<u8>(out++, <u8>lineEnd)
  }
  return out
}

/** The address of the nth of the bytes in [from, to), or `to`. Up to fifteen bytes behind those are looked at. */
@inline export function findNth(bytes: v128, from: usize, to: usize, nth: u32): usize {
  for (let at = from; at < to; at += 16) {
    let found = <u32>i8x16.bitmask(v128.eq<i8>(v128.load(at), bytes))
    const count = popcnt(found)
    if (count < nth) {
      nth -= count
      continue
    }
    while (--nth) found &= found - 1
    return min(at + <usize>ctz(found), to)
  }
  return to
}
