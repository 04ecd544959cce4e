// Turning the bytes of lines round, where they stand.

import { findByte } from './scan'

/** Reverses every line of [from, to) without its newline. */
export function reverseLines(from: usize, to: usize): void {
  let line = from
  while (line < to) {
    const end = findByte(line, to, 0x0a)
    reverse(line, end)
    line = end + 1
  }
}

function reverse(from: usize, to: usize): void {
  const backwards = i8x16(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)
  let left = from
  let right = to
  while (left + 32 <= right) {
    right -= 16
    const first = v128.load(left)
    v128.store(left, v128.swizzle(v128.load(right), backwards))
    v128.store(right, v128.swizzle(first, backwards))
    left += 16
  }
  while (left + 1 < right) {
    right--
    const first = load<u8>(left)
    store<u8>(left, load<u8>(right))
    store<u8>(right, first)
    left++
  }
}
