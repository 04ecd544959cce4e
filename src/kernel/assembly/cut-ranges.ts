import { copyBlocks } from './bytes'
import {
  DELIMITER,
  JOINT,
  JOINT_LENGTH,
  LINE_END,
  ONLY_DELIMITED,
  OPEN,
  RANGE_COUNT,
  RANGES,
} from './cut'
import { cutShort } from './cut-short'
import { END, findNth, listPieces, PIECE_SIZE, START } from './pieces'

// `cut` of fields that stay joined as they are. Long lines are listed, some hundred at a time, and then looked at one by
// one, no further than to their last field that is wanted.

/** Bytes of lines that are long, on average. */
const LONG: usize = 40

/** So many lines tell how long a batch's are. */
const SAMPLE: usize = 32

const LISTED: usize = 512
const list = memory.data(<i32>((LISTED + 65) * PIECE_SIZE), 16)

/** As `cutFields`, for a plan whose ranges are single fields, or whose output delimiter is the delimiter. */
export function cutRanges(from: usize, to: usize, out: usize, plan: usize): usize {
  const lineEnd = load<u32>(plan, LINE_END)
  const sampled = listPieces(from, to, lineEnd, list, list + SAMPLE * PIECE_SIZE)
  if (endOf(sampled) - from < ((sampled - list) / PIECE_SIZE) * LONG) return cutShort(from, to, out, plan)
  while (from < to) {
    const listed = listPieces(from, to, lineEnd, list, list + LISTED * PIECE_SIZE)
    out = cutListed(listed, out, plan)
    from = endOf(listed) + 1
  }
  return out
}

/** Where the last line ends of those that are listed. */
@inline function endOf(listed: usize): usize {
  return load<u32>(listed - PIECE_SIZE, END)
}

function cutListed(listed: usize, out: usize, plan: usize): usize {
  const delimiters = i8x16.splat(<i8>load<u32>(plan, DELIMITER))
  const lineEnd = <u8>load<u32>(plan, LINE_END)
  const joint = <usize>load<u32>(plan, JOINT)
  const jointEnd = joint + load<u32>(plan, JOINT_LENGTH)
  const ranges = plan + RANGES
  const rangesEnd = ranges + (<usize>load<u32>(plan, RANGE_COUNT) << 3)
  for (let piece = list; piece < listed; piece += PIECE_SIZE) {
    const line = <usize>load<u32>(piece, START)
    const end = <usize>load<u32>(piece, END)
    const outLine = out
    let at = line
    let field: u32 = 1
    for (let range = ranges; range < rangesEnd; range += 8) {
      const first = load<u32>(range)
      const last = load<u32>(range, 4)
      if (first > field) at = findNth(delimiters, at, end, first - field) + 1
      if (at > end) break
      if (range > ranges) out = copyBlocks(out, joint, jointEnd)
      const start = at
      at = last == OPEN ? end : findNth(delimiters, at, end, last - first + 1)
      out = copyBlocks(out, start, at)
      if (at++ == end) break
      field = last + 1
    }
    // It may have no delimiter.
    if (at >= end && findNth(delimiters, line, end, 1) == end) {
      if (load<u32>(plan, ONLY_DELIMITED)) {
        out = outLine
        continue
      }
      out = copyBlocks(outLine, line, end)
    }
    store<u8>(out++, lineEnd)
  }
  return out
}
