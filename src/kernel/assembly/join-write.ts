import { copyBytes } from './bytes'
import { fieldEnd, fieldStart, findField, firstField, nextField } from './join-fields'
import {
  ALL_FIELDS,
  FIELD_COUNT,
  FILLER,
  FILLER_LENGTH,
  FORMAT,
  FORMAT_LENGTH,
  KEY_FIELD,
  LINE_END,
  SEPARATOR,
  SIDES,
  SIDE_SIZE,
  TAB,
} from './join-plan'

// Writing joined lines.

/** Writes two lines as one, either of which may be missing: 0. Returns the end of the output; 0 for want of room. */
export function write(
  plan: usize,
  one: usize,
  oneEnd: usize,
  other: usize,
  otherEnd: usize,
  out: usize,
  outEnd: usize,
): usize {
  const firstKey = load<u32>(plan, SIDES + KEY_FIELD)
  const secondKey = load<u32>(plan, SIDES + SIDE_SIZE + KEY_FIELD)
  const format = <usize>load<u32>(plan, FORMAT)
  const formatLength = load<u32>(plan, FORMAT_LENGTH)
  if (formatLength) {
    for (let index: u32 = 0; out && index < formatLength; index++) {
      const side = load<u32>(format + ((<usize>index) << 3))
      const field = load<u32>(format + ((<usize>index) << 3), 4)
      if (index) out = writeByte(<u8>load<u32>(plan, SEPARATOR), out, outEnd)
      if (side == 2) out = writeField(plan, other, otherEnd, field, out, outEnd)
      else if (side == 1) out = writeField(plan, one, oneEnd, field, out, outEnd)
      else if (one) out = writeField(plan, one, oneEnd, firstKey, out, outEnd)
      else out = writeField(plan, other, otherEnd, secondKey, out, outEnd)
    }
  } else {
    if (one) out = writeField(plan, one, oneEnd, firstKey, out, outEnd)
    else out = writeField(plan, other, otherEnd, secondKey, out, outEnd)
    out = writeOtherFields(plan, plan + SIDES, one, oneEnd, out, outEnd)
    out = writeOtherFields(plan, plan + SIDES + SIDE_SIZE, other, otherEnd, out, outEnd)
  }
  return writeByte(<u8>load<u32>(plan, LINE_END), out, outEnd)
}

function writeField(plan: usize, line: usize, end: usize, field: u32, out: usize, outEnd: usize): usize {
  const isThere = line != 0 && findField(line, end, load<u32>(plan, TAB), field)
  return writeFound(plan, isThere, out, outEnd)
}

/** Writes all fields but the key, each with the separator before it. */
function writeOtherFields(plan: usize, side: usize, line: usize, end: usize, out: usize, outEnd: usize): usize {
  const tab = load<u32>(plan, TAB)
  const separator = <u8>load<u32>(plan, SEPARATOR)
  const key = load<u32>(side, KEY_FIELD)
  const count = load<u32>(side, FIELD_COUNT)
  let isThere = line != 0 && firstField(line, end, tab)
  if (isThere && tab == separator && count == ALL_FIELDS && !load<u32>(plan, FILLER_LENGTH) && fieldEnd < end)
    return writeAsTheyAre(line, end, tab, key, out, outEnd)
  for (let index: u32 = 0; out && (count == ALL_FIELDS ? isThere : index < count); index++) {
    if (index != key) {
      out = writeByte(separator, out, outEnd)
      out = writeFound(plan, isThere, out, outEnd)
    }
    isThere = isThere && nextField(end, tab)
  }
  return out
}

/** Writes all fields but the key, where the output looks as the input does. The first field is the one found last. */
@inline function writeAsTheyAre(line: usize, end: usize, tab: u32, key: u32, out: usize, outEnd: usize): usize {
  let index = key
  for (; index && fieldEnd < end; index--) nextField(end, tab)
  if (index) {
    out = writeByte(<u8>tab, out, outEnd)
    return writePiece(line, end, out, outEnd)
  }
  if (fieldStart > line) {
    out = writeByte(<u8>tab, out, outEnd)
    out = writePiece(line, fieldStart - 1, out, outEnd)
  }
  return writePiece(fieldEnd, end, out, outEnd)
}

/** Writes the field found last, or the filler when it is empty or not there. */
@inline function writeFound(plan: usize, isThere: bool, out: usize, outEnd: usize): usize {
  if (isThere && fieldStart < fieldEnd) return writePiece(fieldStart, fieldEnd, out, outEnd)
  const filler = <usize>load<u32>(plan, FILLER)
  return writePiece(filler, filler + <usize>load<u32>(plan, FILLER_LENGTH), out, outEnd)
}

@inline function writePiece(from: usize, to: usize, out: usize, outEnd: usize): usize {
  const length = to - from
  if (!out || outEnd - out < max<usize>(length, 16)) return 0
  // Most fields are short: what is copied beyond them is written over.
  if (length > 16) return copyBytes(out, from, to)
  v128.store(out, v128.load(from))
  return out + length
}

@inline function writeByte(byte: u8, out: usize, outEnd: usize): usize {
  if (!out || out == outEnd) return 0
  store<u8>(out, byte)
  return out + 1
}
