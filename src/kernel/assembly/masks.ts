import { copyBytes } from './bytes'
import { members } from './byteset'

// Sixty-four bytes of a text as words with a bit for each of them.

/** The bytes at `at` that are the byte in all lanes. */
@inline export function maskOf(at: usize, byte: v128): u64 {
  return (
    bits(v128.eq<i8>(v128.load(at), byte)) |
    (bits(v128.eq<i8>(v128.load(at, 16), byte)) << 16) |
    (bits(v128.eq<i8>(v128.load(at, 32), byte)) << 32) |
    (bits(v128.eq<i8>(v128.load(at, 48), byte)) << 48)
  )
}

/** The bytes at `at` that are in the set with these rows. */
@inline export function maskOfSet(at: usize, low: v128, high: v128): u64 {
  return (
    bits(members(v128.load(at), low, high)) |
    (bits(members(v128.load(at, 16), low, high)) << 16) |
    (bits(members(v128.load(at, 32), low, high)) << 32) |
    (bits(members(v128.load(at, 48), low, high)) << 48)
  )
}

@inline function bits(lanes: v128): u64 {
  return <u64>(<u32>i8x16.bitmask(lanes))
}

const REST = memory.data(64, 16)

/** The address of a copy of [at, to), fewer than sixty-four bytes, behind which others may be read. */
export function restOf(at: usize, to: usize): usize {
  copyBytes(REST, at, to)
  return REST
}

/** The bits of the first `length` bytes, of fewer than sixty-four. */
@inline export function firstBits(length: usize): u64 {
  return ((<u64>1) << length) - 1
}
