// Whole numbers of any size, as 32-bit words in memory, the lowest first.

/**
 * What `scaleByTen` found: the number's highest 128 bits, the first of which is set, and what power of two that one
 * stands for. The last bit is also set for anything below it.
 */
export let topHigh: u64 = 0
export let topLow: u64 = 0
export let topExponent: i32 = 0

/** Multiplies a number by a power of ten and finds its top bits. `sticky`: it was cut off. */
export function scaleByTen(number: usize, size: usize, power: i32, sticky: bool): void {
  let exponent: i32 = 0
  for (; power >= 9; power -= 9) size = multiplyAdd(number, size, 1000000000, 0)
  for (; power > 0; power--) size = multiplyAdd(number, size, 10, 0)
  if (power < 0) {
    // Room for all the bits that the divisions take away, and for 128 that stay.
    const words = <usize>((-power * 107) / (32 * 32)) + 5
    memory.copy(number + words * 4, number, size * 4)
    memory.fill(number, 0, words * 4)
    size += words
    exponent = -32 * <i32>words
    for (; power <= -9; power += 9) if (divide(number, size, 1000000000) != 0) sticky = true
    for (; power < 0; power++) if (divide(number, size, 10) != 0) sticky = true
  }
  while (size > 0 && load<u32>(number + (size - 1) * 4) == 0) size--
  findTop(number, size, exponent, sticky)
}

/** number = number × factor + addend; returns its new size in 32-bit words. */
export function multiplyAdd(number: usize, size: usize, factor: u32, addend: u32): usize {
  let carry = <u64>addend
  for (let index: usize = 0; index < size; index++) {
    carry += <u64>load<u32>(number + index * 4) * <u64>factor
    store<u32>(number + index * 4, <u32>carry)
    carry >>= 32
  }
  if (carry == 0) return size
  store<u32>(number + size * 4, <u32>carry)
  return size + 1
}

/** number = number / divisor; returns the remainder. */
function divide(number: usize, size: usize, divisor: u32): u32 {
  let rest: u64 = 0
  for (let index = size; index > 0; index--) {
    const word = (rest << 32) | (<u64>load<u32>(number + (index - 1) * 4))
    store<u32>(number + (index - 1) * 4, <u32>(word / divisor))
    rest = word % divisor
  }
  return <u32>rest
}

function findTop(number: usize, size: usize, exponent: i32, sticky: bool): void {
  const shift = clz(load<u32>(number + (size - 1) * 4))
  const high = ((<u64>wordAt(number, size, 1)) << 32) | (<u64>wordAt(number, size, 2))
  const low = ((<u64>wordAt(number, size, 3)) << 32) | (<u64>wordAt(number, size, 4))
  const fifth = <u64>wordAt(number, size, 5)
  let rest = sticky
  for (let index: usize = 6; index <= size && !rest; index++) rest = wordAt(number, size, index) != 0
  topExponent = exponent + 32 * <i32>size - 1 - <i32>shift
  if (shift == 0) {
    topHigh = high
    topLow = low | u64(rest || fifth != 0)
    return
  }
  const up = <u64>shift
  topHigh = (high << up) | (low >> (64 - up))
  topLow = (low << up) | (fifth >> (32 - up)) | u64(rest || <u32>(fifth << up) != 0)
}

/** The word that stands `place`-th from the top, from 1. */
function wordAt(number: usize, size: usize, place: usize): u32 {
  return place <= size ? load<u32>(number + (size - place) * 4) : 0
}
