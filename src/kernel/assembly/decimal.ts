// Numbers in decimal.

const DIGITS = memory.data(20)

/** Writes the number; returns the address behind it. */
export function writeDecimal(value: u64, out: usize): usize {
  let at = DIGITS + 20
  do {
    const rest = value / 10
    store<u8>(--at, <u8>(value - rest * 10) + 0x30)
    value = rest
  } while (value)
  const length = DIGITS + 20 - at
  memory.copy(out, at, length)
  return out + length
}
