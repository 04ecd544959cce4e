import { writeSync } from 'node:fs'
import { asSystemError, SystemError, WriteError } from '../base/error.js'
import { Closed } from '../base/io.js'
import { Signal, type Task } from '../base/task.js'
import { releaseBlock } from '../kernel/block.js'
import { builtin } from './builtin.js'
import type { BatchSink } from '../kernel/channel.js'
import { attempt, Polled } from './polled.js'
import { watchReader } from './reader-watch.js'

/** Writes a pipe or socket: what there is room for, at once; the rest through the event loop. */
export function pollWriter(fd: number, owned: boolean): BatchSink {
  const closing = new Signal()
  const changed = new Signal()
  let open = true
  let closed = false
  let failure: SystemError | undefined
  /** Begun only for stages that wait for the reader's going without writing. */
  let stopWatching: (() => void) | undefined

  const end = (): void => {
    closed = true
    stopWatching?.()
    changed.wake()
    closing.wake()
  }
  const fail = (error: unknown): void => {
    const refusal = asSystemError(error)
    if (!(refusal instanceof SystemError)) throw refusal
    if (refusal.code !== 'EPIPE' && refusal.code !== 'ECONNRESET') failure = refusal
    end()
  }
  const polled = new Polled(fd, 'write', owned, (own) => {
    const { Socket } = builtin.net()
    return new Socket({ fd: own, readable: false, writable: true }).on('error', fail).on('close', end)
  })

  return {
    *deliver({ block, start, end: last }) {
      try {
        const at = start + (closed ? 0 : writeNow(block, start, last))
        if (at < last && !closed) yield* writeLater(block.subarray(at, last))
      } finally {
        releaseBlock(block)
      }
      if (failure !== undefined) throw new WriteError(failure)
      if (closed) throw new Closed()
    },
    close() {
      if (!open) return
      open = false
      stopWatching?.()
      polled.close()
    },
    get closed() {
      return closed
    },
    get closing() {
      stopWatching ??= watchReader(fd, end)
      return closing
    },
  }

  /** How many bytes could be written. */
  function writeNow(block: Buffer, start: number, last: number): number {
    const { direct } = polled
    if (direct === undefined) return 0
    try {
      return attempt(() => writeSync(direct, block, start, last - start)) ?? 0
    } catch (error) {
      fail(error)
      return 0
    }
  }

  function* writeLater(bytes: Uint8Array): Task<void> {
    let written = false
    try {
      polled.stream.write(bytes, () => {
        written = true
        changed.wake()
      })
      while (!written && !closed) yield changed
    } finally {
      // Ended while it waits: the system must not read the block any more once it is another's.
      if (!written) polled.stream.destroy()
    }
  }
}
