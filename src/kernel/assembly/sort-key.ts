import { findByte } from './scan'
import {
  END_BYTE,
  END_FIELD,
  isBlank,
  KEY_FLAGS,
  LINE_END,
  NO_TAB,
  SKIP_END_BLANKS,
  SKIP_START_BLANKS,
  START_BYTE,
  START_FIELD,
  TAB,
  WHOLE_LINE,
} from './sort-order'

// Where in a line a key stands (coreutils manual, "sort invocation", -k).

/** The range that `locateKey` found last. */
export let keyFrom: usize = 0
export let keyTo: usize = 0

/** Where the key's end stands, which may be before its start: `keyTo` is not. */
let keyEnd: usize = 0

export function locateKey(order: usize, key: usize, line: usize, end: usize): void {
  const tab = load<u32>(order, TAB)
  const flags = load<u32>(key, KEY_FLAGS)
  const startField = load<u32>(key, START_FIELD)
  const firstField: u32 = startField == WHOLE_LINE ? 0 : startField
  const field = skipFields(line, end, firstField, tab, true)
  let from = field
  if (flags & SKIP_START_BLANKS) from = skipBlanks(from, end)
  if (startField != WHOLE_LINE) from = skipBytes(from, end, load<u32>(key, START_BYTE))
  let to = end
  const endField = load<u32>(key, END_FIELD)
  if (endField != LINE_END) {
    const endByte = load<u32>(key, END_BYTE)
    const fields = endByte == 0 ? endField + 1 : endField
    // Fields that were skipped to find the start need not be skipped again.
    to =
      fields >= firstField
        ? skipFields(field, end, fields - firstField, tab, endByte != 0)
        : skipFields(line, end, fields, tab, endByte != 0)
    if (endByte != 0) {
      if (flags & SKIP_END_BLANKS) to = skipBlanks(to, end)
      to = skipBytes(to, end, endByte)
    }
  }
  keyFrom = from
  keyTo = max(from, to)
  keyEnd = to
}

/** As `locateKey`, for callers outside: returns where the key starts; `locatedEnd` says where its end stands. */
export function locateKeyStart(order: usize, key: usize, line: usize, end: usize): usize {
  locateKey(order, key, line, end)
  return keyFrom
}

export function locatedEnd(): usize {
  return keyEnd
}

/** The address behind `count` fields; `behindTab` whether the tab that ends the last one is passed too. */
function skipFields(at: usize, end: usize, count: u32, tab: u32, behindTab: bool): usize {
  if (tab == NO_TAB) {
    for (; count > 0 && at < end; count--) {
      at = skipBlanks(at, end)
      while (at < end && !isBlank(load<u8>(at))) at++
    }
    return at
  }
  for (; count > 0 && at < end; count--) {
    at = findByte(at, end, tab)
    if (at < end && (count > 1 || behindTab)) at++
  }
  return at
}

export function skipBlanks(at: usize, end: usize): usize {
  while (at < end && isBlank(load<u8>(at))) at++
  return at
}

function skipBytes(at: usize, end: usize, count: u32): usize {
  return end - at < count ? end : at + count
}
