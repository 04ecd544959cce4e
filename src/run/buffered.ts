import { type Batch, batchSize } from '../base/io.js'
import { Signal } from '../base/task.js'
import { batchOf, releaseBlock } from '../kernel/block.js'
import type { BatchSink, BatchSource } from '../kernel/channel.js'

/** Bytes that are at hand as a source: a here-string, a program's input. */
export function bytesSource(bytes: Uint8Array, pieceSize = batchSize): BatchSource {
  const putBack: Batch[] = []
  let at = 0
  return {
    isAtHand: true,
    *receive() {
      const batch = putBack.pop()
      if (batch !== undefined || at >= bytes.length) return batch
      const piece = bytes.subarray(at, at + pieceSize)
      at += piece.length
      return batchOf(piece)
    },
    putBack: (batch) => putBack.push(batch),
    close() {
      at = bytes.length
      for (const batch of putBack.splice(0)) releaseBlock(batch.block)
    },
  }
}

/** Gives every batch to `take`, as a view that is gone after the call. */
export function callbackSink(take: (bytes: Buffer) => void): BatchSink {
  let closed = false
  return {
    *deliver({ block, start, end }) {
      try {
        take(block.subarray(start, end))
      } finally {
        releaseBlock(block)
      }
    },
    close() {
      closed = true
    },
    get closed() {
      return closed
    },
    closing: new Signal(),
  }
}
