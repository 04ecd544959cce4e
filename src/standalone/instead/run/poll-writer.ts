import { closeSync, writeSync } from 'node:fs'
import { SystemError, WriteError } from '../../../base/error.js'
import { Closed } from '../../../base/io.js'
import { Signal, type Task } from '../../../base/task.js'
import { releaseBlock } from '../../../kernel/block.js'
import type { BatchSink } from '../../../kernel/channel.js'
import { attempt, reopen } from '../../../run/polled.js'
import { whenReady } from '../../readiness.js'
import { event, isReady, sendNow } from '../../system.js'
import { watchReader } from './reader-watch.js'

export function pollWriter(fd: number, owned: boolean): BatchSink {
  const direct = reopen(fd, 'write')
  const closing = new Signal()
  const changed = new Signal()
  let open = true
  let closed = false
  /** Begun only for stages that wait for the reader's going without writing. */
  let stopWatching: (() => void) | undefined

  const end = (): void => {
    closed = true
    stopWatching?.()
    changed.wake()
    closing.wake()
  }

  return {
    *deliver({ block, start, end: last }) {
      try {
        let at = start
        while (at < last && !closed) {
          const count = writeNow(block, at, last)
          if (count === 0) yield* untilWritable()
          at += count
        }
      } catch (error) {
        if (!(error instanceof SystemError)) throw error
        end()
        if (error.code !== 'EPIPE' && error.code !== 'ECONNRESET') throw new WriteError(error)
      } finally {
        releaseBlock(block)
      }
      if (closed) throw new Closed()
    },
    close() {
      if (!open) return
      open = false
      stopWatching?.()
      changed.wake()
      if (direct !== undefined) closeSync(direct)
      if (owned) closeSync(fd)
    },
    get closed() {
      return closed
    },
    get closing() {
      stopWatching ??= watchReader(fd, end)
      return closing
    },
  }

  /** How many bytes could be written. Throws `SystemError`. */
  function writeNow(block: Buffer, start: number, last: number): number {
    if (direct !== undefined) return attempt(() => writeSync(direct, block, start, last - start)) ?? 0
    const count = sendNow(fd, block.subarray(start, last))
    if (count >= 0) return count
    // A socket that is ready and takes nothing has failed; a write says how.
    return isReady(fd, event.writable) ? (attempt(() => writeSync(fd, block, start, 1)) ?? 0) : 0
  }

  function* untilWritable(): Task<void> {
    let writable = false
    const forget = whenReady({ fd: direct ?? fd, events: event.writable }, () => {
      writable = true
      changed.wake()
    })
    try {
      while (!writable && open && !closed) yield changed
    } finally {
      forget()
    }
  }
}
