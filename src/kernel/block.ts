import { type Batch, batchSize, headroom, largeBatchSize } from '../base/io.js'
import { allocate, bytesAt, disown, own, release } from './memory.js'

/** Blocks of one size, which wait here for their next user: the allocator is not on the path of a batch. */
interface Pool {
  readonly size: number
  readonly limit: number
  readonly idle: Buffer[]
}

/** What becomes of a batch has room too where a piece of a line came before it. */
const poolOf = (size: number, limit: number): Pool => ({ size: headroom + size + headroom, limit, idle: [] })
const pools: readonly Pool[] = [poolOf(batchSize, 64), poolOf(largeBatchSize, 8)]

/** A piece of kernel memory with room for `size` bytes behind the headroom. */
export function takeBlock(size = batchSize): Buffer {
  const pool = pools.find((each) => headroom + size <= each.size)
  if (pool === undefined) return bytesAt(allocate(headroom + size), headroom + size)
  const block = pool.idle.pop()
  if (block === undefined) return bytesAt(allocate(pool.size), pool.size)
  ownBlock(block)
  return block
}

/** Counts a block as the running stage's: it was idle, or another's. */
export function ownBlock(block: Buffer): void {
  own(block.byteOffset, block.length)
}

export function releaseBlock(block: Buffer): void {
  const pool = pools.find(({ size }) => size === block.length)
  if (pool === undefined || pool.idle.length >= pool.limit) return release(block.byteOffset)
  disown(block.byteOffset)
  pool.idle.push(block)
}

/** A batch with a copy of `bytes`. */
export function batchOf(bytes: Uint8Array): Batch {
  const block = takeBlock(bytes.length)
  block.set(bytes, headroom)
  return { block, start: headroom, end: headroom + bytes.length }
}
