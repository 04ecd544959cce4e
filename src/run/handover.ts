import { type Batch, Closed } from '../base/io.js'
import { Signal, type Task } from '../base/task.js'
import { releaseBlock } from '../kernel/block.js'
import type { BatchSink } from '../kernel/channel.js'

/** The end of a pipeline inside of a program: batches become an async iterable, one at a time. */
export interface Handover extends BatchSink {
  /** Copies of the batches. Leaving the loop early closes the pipeline. */
  chunks(): AsyncGenerator<Buffer, void, void>
}

export function handover(): Handover {
  const closing = new Signal()
  const taken = new Signal()
  let waiting: Batch | undefined
  let ended = false
  let closed = false
  let notify: () => void = () => undefined

  return {
    *deliver(batch): Task<void> {
      while (waiting !== undefined && !closed) yield taken
      if (closed) {
        releaseBlock(batch.block)
        throw new Closed()
      }
      waiting = batch
      notify()
    },
    close() {
      ended = true
      notify()
    },
    get closed() {
      return closed
    },
    closing,
    async *chunks() {
      try {
        for (;;) {
          if (waiting !== undefined) {
            const { block, start, end } = waiting
            const copy = Buffer.from(block.subarray(start, end))
            releaseBlock(block)
            waiting = undefined
            taken.wake()
            yield copy
          } else if (ended) return
          else await new Promise<void>((resolve) => (notify = resolve))
        }
      } finally {
        closed = true
        if (waiting !== undefined) releaseBlock(waiting.block)
        waiting = undefined
        taken.wake()
        closing.wake()
      }
    },
  }
}
