import { closeSync, readSync } from 'node:fs'
import { type Batch, headroom } from '../../../base/io.js'
import { Signal, type Task } from '../../../base/task.js'
import { releaseBlock, takeBlock } from '../../../kernel/block.js'
import type { BatchSource } from '../../../kernel/channel.js'
import type { ReadOptions } from '../../../run/descriptor.js'
import { attempt, reopen } from '../../../run/polled.js'
import { whenReady } from '../../readiness.js'
import { event, isReady } from '../../system.js'

export function pollReader(
  fd: number,
  _kind: 'stream' | 'terminal',
  { scheduler, readSize }: ReadOptions,
  owned: boolean,
): BatchSource {
  const direct = reopen(fd, 'read')
  const changed = new Signal()
  const putBack: Batch[] = []
  let open = true

  return {
    *receive() {
      while (open) {
        const batch = putBack.shift()
        if (batch !== undefined) return batch
        yield* scheduler.breathe()
        const read = readNow()
        if (read !== 'not yet') return read
        yield* untilReadable()
      }
      return undefined
    },
    putBack: (batch) => putBack.unshift(batch),
    close() {
      if (!open) return
      open = false
      changed.wake()
      for (const batch of putBack.splice(0)) releaseBlock(batch.block)
      if (direct !== undefined) closeSync(direct)
      if (owned) closeSync(fd)
    },
  }

  /** The next batch, undefined at the end. */
  function readNow(): Batch | undefined | 'not yet' {
    // A socket cannot be opened anew, and reading it would wait.
    if (direct === undefined && !isReady(fd, event.readable)) return 'not yet'
    const block = takeBlock()
    let count: number | undefined
    try {
      count = attempt(() => readSync(direct ?? fd, block, headroom, readSize, null))
      if (count === undefined) return 'not yet'
      return count === 0 ? undefined : { block, start: headroom, end: headroom + count }
    } finally {
      if (count === undefined || count === 0) releaseBlock(block)
    }
  }

  function* untilReadable(): Task<void> {
    let readable = false
    const forget = whenReady({ fd: direct ?? fd, events: event.readable }, () => {
      readable = true
      changed.wake()
    })
    try {
      while (!readable && open) yield changed
    } finally {
      forget()
    }
  }
}
