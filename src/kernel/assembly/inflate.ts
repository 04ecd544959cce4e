// Decompresses deflate (RFC 1951), a piece at a time: every step either has all bits it needs or waits for more.
import { allocate } from './memory'

// What `inflate` returns.
const needsInput: i32 = 0
const outputFull: i32 = 1
const done: i32 = 2
const invalid: i32 = 3
const truncated: i32 = 4

// What the next bits are.
const blockHeader: u32 = 0
const stored: u32 = 1
const codes: u32 = 2
const codeLengthLengths: u32 = 3
const codeLengths: u32 = 4

// The state, as offsets. The first two are read by the caller after every call.
const inputAt: usize = 0
const outputAt: usize = 4
const bitsAt: usize = 8
const countAt: usize = 16
const modeAt: usize = 20
const finalAt: usize = 24
const storedAt: usize = 28
const literalBitsAt: usize = 32
const distanceBitsAt: usize = 36
const literalCountAt: usize = 40
const distanceCountAt: usize = 44
const lengthCountAt: usize = 48
const haveAt: usize = 52
const lengthsAt: usize = 64
const countsAt: usize = lengthsAt + 320
const literalTableAt: usize = countsAt + 128
const distanceTableAt: usize = literalTableAt + (2 << 15)
const stateSize: usize = distanceTableAt + (2 << 15)

/** The longest match. */
const longest: usize = 258
/** More bits than any step takes: a length and a distance with their extra bits. */
const enough: i32 = 48

const lengthBase = memory.data<u16>([
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
  227, 258,
])
const lengthExtra = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
])
const distanceBase = memory.data<u16>([
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
  6145, 8193, 12289, 16385, 24577,
])
const distanceExtra = memory.data<u8>([
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
])
/** The order in which the lengths of the code length code stand. */
const lengthOrder = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15])

/** A state for one stream after the other, to be given back with `release`. */
export function createInflate(): usize {
  const state = allocate(stateSize)
  resetInflate(state)
  return state
}

/** Makes the state ready for a new stream. */
export function resetInflate(state: usize): void {
  memory.fill(state, 0, lengthsAt)
}

/**
 * Decompresses [from, to) to `out`, at most up to `outEnd`; back references reach down to `window`. `isEnd` says
 * that nothing follows `to`. Where it stands in both is left in the state. At the end of the stream the bytes
 * behind it that were taken are put back before the input position, as far as 7 bytes before `from`.
 */
export function inflate(
  state: usize,
  from: usize,
  to: usize,
  isEnd: bool,
  window: usize,
  out: usize,
  outEnd: usize,
): i32 {
  let bits = load<u64>(state, bitsAt)
  let count = load<i32>(state, countAt)
  let mode = load<u32>(state, modeAt)
  let literalMask: u64 = (1 << load<u32>(state, literalBitsAt)) - 1
  let distanceMask: u64 = (1 << load<u32>(state, distanceBitsAt)) - 1
  let result = needsInput

  for (;;) {
    if (count < enough) {
      if (from + 8 <= to) {
        bits |= load<u64>(from) << count
        const taken = (63 - count) >> 3
        from += taken
        count += taken << 3
        bits &= u64.MAX_VALUE >> (64 - count)
      } else {
        for (; count < 56 && from < to; count += 8) bits |= (<u64>load<u8>(from++)) << count
        if (count < enough && !isEnd) break
      }
    }

    if (mode == codes) {
      if (out + longest > outEnd) {
        result = outputFull
        break
      }
      const entry = <u32>load<u16>(state + (<usize>(bits & literalMask) << 1), literalTableAt)
      const width = entry & 15
      if (width == 0 || <i32>width > count) {
        result = count < 15 ? truncated : invalid
        break
      }
      bits >>= width
      count -= width
      const symbol = entry >> 4
      if (symbol < 256) {
        store<u8>(out++, <u8>symbol)
        continue
      }
      if (symbol == 256) {
        mode = blockHeader
        if (load<u32>(state, finalAt) == 0) continue
        result = done
        break
      }
      if (symbol > 285) {
        result = invalid
        break
      }
      const extra = <u32>load<u8>(lengthExtra + symbol - 257)
      const length =
        <usize>load<u16>(lengthBase + ((symbol - 257) << 1)) + <usize>(bits & ((1 << extra) - 1))
      bits >>= extra
      count -= extra
      const place = <u32>load<u16>(state + (<usize>(bits & distanceMask) << 1), distanceTableAt)
      const placeWidth = place & 15
      const distanceSymbol = place >> 4
      if (placeWidth == 0 || distanceSymbol > 29) {
        result = count < 15 ? truncated : invalid
        break
      }
      bits >>= placeWidth
      const moreBits = <u32>load<u8>(distanceExtra + distanceSymbol)
      const distance =
        <usize>load<u16>(distanceBase + (distanceSymbol << 1)) + <usize>(bits & ((1 << moreBits) - 1))
      bits >>= moreBits
      count -= placeWidth + moreBits
      if (count < 0) {
        result = truncated
        break
      }
      if (distance > out - window) {
        result = invalid
        break
      }
      copyMatch(out, distance, length)
      out += length
    } else if (mode == stored) {
      let left = <usize>load<u32>(state, storedAt)
      for (; left > 0 && count >= 8 && out < outEnd; left--, count -= 8, bits >>= 8) store<u8>(out++, <u8>bits)
      if (count < 8) {
        const size = min(left, min(to - from, outEnd - out))
        memory.copy(out, from, size)
        out += size
        from += size
        left -= size
      }
      store<u32>(state, <u32>left, storedAt)
      if (left == 0) {
        mode = blockHeader
        if (load<u32>(state, finalAt) == 0) continue
        result = done
        break
      }
      if (out == outEnd) {
        result = outputFull
        break
      }
      if (from == to && count < 8) {
        result = isEnd ? truncated : needsInput
        break
      }
    } else if (mode == blockHeader) {
      if (count < 3) {
        result = truncated
        break
      }
      store<u32>(state, <u32>bits & 1, finalAt)
      const kind = <u32>(bits >> 1) & 3
      bits >>= 3
      count -= 3
      if (kind == 0) {
        const padding = count & 7
        bits >>= padding
        count -= padding
        if (count < 32) {
          result = truncated
          break
        }
        const size = <u32>bits & 0xffff
        if (size != (~(<u32>(bits >> 16)) & 0xffff)) {
          result = invalid
          break
        }
        bits >>= 32
        count -= 32
        store<u32>(state, size, storedAt)
        mode = stored
      } else if (kind == 1) {
        fixedLengths(state + lengthsAt)
        store<u32>(state, buildTable(state, lengthsAt, 288, literalTableAt), literalBitsAt)
        store<u32>(state, buildTable(state, lengthsAt + 288, 32, distanceTableAt), distanceBitsAt)
        literalMask = (1 << load<u32>(state, literalBitsAt)) - 1
        distanceMask = (1 << load<u32>(state, distanceBitsAt)) - 1
        mode = codes
      } else if (kind == 2) {
        if (count < 14) {
          result = truncated
          break
        }
        const literals = (<u32>bits & 31) + 257
        const distances = ((<u32>bits >> 5) & 31) + 1
        store<u32>(state, literals, literalCountAt)
        store<u32>(state, distances, distanceCountAt)
        store<u32>(state, ((<u32>bits >> 10) & 15) + 4, lengthCountAt)
        store<u32>(state, 0, haveAt)
        memory.fill(state + lengthsAt, 0, 320)
        bits >>= 14
        count -= 14
        if (literals > 286 || distances > 30) {
          result = invalid
          break
        }
        mode = codeLengthLengths
      } else {
        result = invalid
        break
      }
    } else if (mode == codeLengthLengths) {
      let have = load<u32>(state, haveAt)
      const lengthCount = load<u32>(state, lengthCountAt)
      for (; have < lengthCount && count >= 3; have++, bits >>= 3, count -= 3)
        store<u8>(state + load<u8>(lengthOrder + have), <u8>bits & 7, lengthsAt)
      store<u32>(state, have, haveAt)
      if (have < lengthCount) {
        if (from < to || !isEnd) continue
        result = truncated
        break
      }
      const width = buildTable(state, lengthsAt, 19, literalTableAt)
      if (width == 0) {
        result = invalid
        break
      }
      store<u32>(state, width, literalBitsAt)
      literalMask = (1 << width) - 1
      memory.fill(state + lengthsAt, 0, 320)
      store<u32>(state, 0, haveAt)
      mode = codeLengths
    } else {
      const literals = load<u32>(state, literalCountAt)
      const total = literals + load<u32>(state, distanceCountAt)
      let have = load<u32>(state, haveAt)
      const entry = <u32>load<u16>(state + (<usize>(bits & literalMask) << 1), literalTableAt)
      const width = entry & 15
      const symbol = entry >> 4
      bits >>= width
      count -= width
      if (width == 0) {
        result = count < 7 ? truncated : invalid
        break
      }
      if (symbol < 16) {
        store<u8>(state + have++, <u8>symbol, lengthsAt)
      } else {
        const extra: u32 = symbol == 16 ? 2 : symbol == 17 ? 3 : 7
        const repeats = (<u32>bits & ((1 << extra) - 1)) + (symbol == 18 ? 11 : 3)
        bits >>= extra
        count -= extra
        if ((symbol == 16 && have == 0) || have + repeats > total) {
          result = count < 0 ? truncated : invalid
          break
        }
        const value: u8 = symbol == 16 ? load<u8>(state + have - 1, lengthsAt) : 0
        memory.fill(state + lengthsAt + have, value, repeats)
        have += repeats
      }
      if (count < 0) {
        result = truncated
        break
      }
      store<u32>(state, have, haveAt)
      if (have < total) continue
      const literalBits = buildTable(state, lengthsAt, literals, literalTableAt)
      const distanceBits = buildTable(state, lengthsAt + literals, total - literals, distanceTableAt)
      // A block that cannot end is none.
      if (literalBits == 0 || load<u8>(state + 256, lengthsAt) == 0 || distanceBits > 15) {
        result = invalid
        break
      }
      store<u32>(state, literalBits, literalBitsAt)
      store<u32>(state, distanceBits, distanceBitsAt)
      literalMask = (1 << literalBits) - 1
      distanceMask = (1 << distanceBits) - 1
      mode = codes
    }
  }

  if (result == done) {
    bits >>= count & 7
    const unused = count >> 3
    from -= unused
    for (let index = 0; index < unused; index++, bits >>= 8) store<u8>(from + index, <u8>bits)
  }
  store<u64>(state, bits, bitsAt)
  store<i32>(state, count, countAt)
  store<u32>(state, mode, modeAt)
  store<u32>(state, <u32>from, inputAt)
  store<u32>(state, <u32>out, outputAt)
  return result
}

/** Copies what lies `distance` back; the two may overlap, and what is copied then is copied again. */
@inline function copyMatch(out: usize, distance: usize, length: usize): void {
  const end = out + length
  if (distance == 1) {
    memory.fill(out, load<u8>(out - 1), length)
  } else if (distance >= 8) {
    // Eight at a time while that stays within the match.
    for (; out + 8 <= end; out += 8) store<u64>(out, load<u64>(out - distance))
    for (; out < end; out++) store<u8>(out, load<u8>(out - distance))
  } else {
    for (; out < end; out++) store<u8>(out, load<u8>(out - distance))
  }
}

function fixedLengths(lengths: usize): void {
  memory.fill(lengths, 8, 144)
  memory.fill(lengths + 144, 9, 112)
  memory.fill(lengths + 256, 7, 24)
  memory.fill(lengths + 280, 8, 8)
  memory.fill(lengths + 288, 5, 32)
}

/**
 * Makes the table that gives symbol << 4 | width for the next bits, 0 for bits that are no code. Returns how many
 * bits it takes: 0 when there is no code at all or the lengths contradict each other, 16 for the latter in a
 * distance code, where none is allowed.
 */
function buildTable(state: usize, lengths: usize, symbols: u32, tableAt: usize): u32 {
  const counts = state + countsAt
  const table = state + tableAt
  memory.fill(counts, 0, 64)
  let widest: u32 = 0
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    const width = <u32>load<u8>(state + lengths + symbol)
    if (width == 0) continue
    store<u32>(counts + (width << 2), load<u32>(counts + (width << 2)) + 1)
    widest = max(widest, width)
  }
  const contradicts: u32 = tableAt == distanceTableAt ? 16 : 0
  let left: i32 = 1
  let code: u32 = 0
  let coded: u32 = 0
  // The counts become the first code of each width.
  for (let width: u32 = 1; width <= widest; width++) {
    const number = load<u32>(counts + (width << 2))
    left = (left << 1) - <i32>number
    if (left < 0) return contradicts
    code <<= 1
    store<u32>(counts + (width << 2), code)
    code += number
    coded += number
  }
  // Codes may be left over only where there is just one, of a single bit.
  if (left > 0 && coded > 0 && (coded > 1 || widest > 1)) return contradicts
  memory.fill(table, 0, <usize>2 << widest)
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    const width = <u32>load<u8>(state + lengths + symbol)
    if (width == 0) continue
    const next = load<u32>(counts + (width << 2))
    store<u32>(counts + (width << 2), next + 1)
    const entry = <u16>((symbol << 4) | width)
    const step: u32 = 1 << width
    for (let index = reverseBits(next, width); index < <u32>(1 << widest); index += step)
      store<u16>(table + (<usize>index << 1), entry)
  }
  return widest
}

/** The code as it stands in the stream, its first bit lowest. */
function reverseBits(code: u32, width: u32): u32 {
  let reversed: u32 = 0
  for (let index: u32 = 0; index < width; index++, code >>= 1) reversed = (reversed << 1) | (code & 1)
  return reversed
}
