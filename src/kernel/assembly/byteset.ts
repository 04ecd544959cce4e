// Sets of bytes, tested sixteen bytes a step.
//
// A set is 32 bytes: a byte's low four bits choose a row, its top bit one of the two tables of rows, and the
// three bits between them a bit of the row. Tools build it with `byteSet` of src/kernel/byteset.ts.

/** The lanes of `bytes` that are in the set with these rows: all ones, the others zero. */
@inline export function members(bytes: v128, lowRows: v128, highRows: v128): v128 {
  const bits = i8x16.swizzle(
    i8x16(1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128),
    i8x16.shr_u(bytes, 4),
  )
  // A swizzle gives zero for an index of 128 and above, so each table answers for its half alone.
  const index = v128.and(bytes, i8x16.splat(-113))
  const low = i8x16.swizzle(lowRows, index)
  const high = i8x16.swizzle(highRows, v128.xor(index, i8x16.splat(-128)))
  return v128.eq<i8>(v128.and(v128.or(low, high), bits), bits)
}

/** Whether `byte` is in the set at `set`. */
@inline export function isMember(set: usize, byte: u32): bool {
  const row = load<u8>(set + ((byte >> 3) & 16) + (byte & 15))
  return (<u32>row >> ((byte >> 4) & 7)) & 1 ? true : false
}
