import { type Batch, batchSize, headroom } from '../base/io.js'
import { allocate, bytesAt, release } from './memory.js'

const usualSize = headroom + batchSize

/** Blocks of the usual size wait here for their next user: the allocator is not on the path of a batch. */
const idle: Buffer[] = []
const idleLimit = 64

/** A piece of kernel memory with room for `size` bytes behind the headroom. */
export function takeBlock(size = batchSize): Buffer {
  if (size > batchSize) return bytesAt(allocate(headroom + size), headroom + size)
  return idle.pop() ?? bytesAt(allocate(usualSize), usualSize)
}

export function releaseBlock(block: Buffer): void {
  if (block.length === usualSize && idle.length < idleLimit) idle.push(block)
  else release(block.byteOffset)
}

/** A batch with a copy of `bytes`. */
export function batchOf(bytes: Uint8Array): Batch {
  const block = takeBlock(bytes.length)
  block.set(bytes, headroom)
  return { block, start: headroom, end: headroom + bytes.length }
}
