import { areFieldSeparators, isFieldSeparator } from './bytes'
import { BLANKS, NO_TAB } from './join-plan'

// Finding the fields of a line. The one found last is [fieldStart, fieldEnd).

export let fieldStart: usize = 0
export let fieldEnd: usize = 0

/** Finds the field to join on: an empty one where the line has no such field. */
@inline export function findKey(line: usize, end: usize, tab: u32, field: u32): void {
  if (!findField(line, end, tab, field)) fieldStart = fieldEnd = line
}

@inline export function findField(line: usize, end: usize, tab: u32, field: u32): bool {
  if (!firstField(line, end, tab)) return false
  for (; field; field--) if (!nextField(end, tab)) return false
  return true
}

@inline export function firstField(line: usize, end: usize, tab: u32): bool {
  if (tab == BLANKS) while (line < end && isFieldSeparator(load<u8>(line))) line++
  if (line == end) return false
  fieldStart = line
  fieldEnd = endOfField(line, end, tab)
  return true
}

/** Blanks at the end of a line have an empty field behind them. */
@inline export function nextField(end: usize, tab: u32): bool {
  if (fieldEnd == end) return false
  let at = fieldEnd + 1
  if (tab == BLANKS) while (at < end && isFieldSeparator(load<u8>(at))) at++
  fieldStart = at
  fieldEnd = endOfField(at, end, tab)
  return true
}

@inline function endOfField(at: usize, end: usize, tab: u32): usize {
  if (tab == NO_TAB) return end
  for (; at < end; at += 16) {
    const bytes = v128.load(at)
    const mask = i8x16.bitmask(tab == BLANKS ? areFieldSeparators(bytes) : i8x16.eq(bytes, i8x16.splat(<i8>tab)))
    if (mask) return min(at + <usize>ctz(mask), end)
  }
  return end
}
