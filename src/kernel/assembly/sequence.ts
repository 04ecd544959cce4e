import { copyBytes } from './bytes'

// The numbers of `seq`: a text of digits to which a step is added in place, digit by digit. A point stays where it
// is; number and step have as many digits behind it.

/** Where the number's text began after the last call. */
let numberStart: usize = 0

export function sequenceStart(): usize {
  return numberStart
}

/**
 * Writes `count` times the next number with what stands behind it, [end, lineEnd). The number's text is
 * [start, end), with room in front of it to grow, and 16 bytes behind; so has the output. Returns the output's end.
 */
export function writeSequence(
  start: usize,
  end: usize,
  lineEnd: usize,
  step: usize,
  stepEnd: usize,
  count: usize,
  out: usize,
): usize {
  const isByOnes = stepEnd - step == 1 && load<u8>(step) == ONE
  while (count) {
    if (isByOnes && lineEnd - start <= 16) {
      const run = min(count, <usize>(NINE - load<u8>(end - 1)))
      out = countUp(start, end, lineEnd, run, out)
      count -= run
      if (!count) break
    }
    start = addDecimal(start, end, step, stepEnd)
    out = copyBytes(out, start, lineEnd)
    count--
  }
  numberStart = start
  return out
}

/** Counts in the last digit alone. */
@inline function countUp(start: usize, end: usize, lineEnd: usize, run: usize, out: usize): usize {
  const text = v128.load(start)
  const last = end - start - 1
  const length = lineEnd - start
  let digit = load<u8>(end - 1)
  for (; run; run--, out += length) {
    v128.store(out, text)
    store<u8>(out + last, ++digit)
  }
  store<u8>(end - 1, digit)
  return out
}

/** Adds the step to the number; returns where the number begins now. */
@inline function addDecimal(start: usize, end: usize, step: usize, stepEnd: usize): usize {
  let carry: u32 = 0
  for (let at = end; carry || stepEnd > step;) {
    const added: u32 = stepEnd > step ? load<u8>(--stepEnd) : ZERO
    if (--at < start) store<u8>((start = at), ZERO)
    const digit: u32 = load<u8>(at)
    if (digit == POINT) continue
    const sum = digit + added - ZERO + carry
    carry = u32(sum > NINE)
    store<u8>(at, carry ? sum - 10 : sum)
  }
  return start
}

const ZERO: u32 = 0x30
const ONE: u32 = 0x31
const NINE: u32 = 0x39
const POINT: u32 = 0x2e
