import { closeSync, constants, open, openSync, statSync } from 'node:fs'
import { promisify } from 'node:util'
import { systemPath } from '../base/bytes.js'
import { asSystemError, WriteError } from '../base/error.js'
import { Closed } from '../base/io.js'
import { Signal, type Task, until } from '../base/task.js'
import { releaseBlock } from '../kernel/block.js'
import type { BatchSink, BatchSource } from '../kernel/channel.js'

/** Whether there is a FIFO of that name. */
export function isFifo(path: string): boolean {
  try {
    return statSync(systemPath(path), { throwIfNoEntry: false })?.isFIFO() === true
  } catch {
    return false
  }
}

/**
 * Opens a FIFO as a shell does: it waits for whoever opens the other end, who may be another stage, so the thread must
 * go on. Throws `SystemError`.
 */
export function* openFifo(path: string, flags: number): Task<number> {
  const opening = promisify(open)(systemPath(path), flags)
  let isSettled = false
  const settle = (): void => void (isSettled = true)
  opening.then(settle, settle)
  try {
    return yield* until(opening)
  } catch (error) {
    throw asSystemError(error)
  } finally {
    if (!isSettled) giveUp(path, opening)
  }
}

/** A process cannot exit while a thread of it waits for a FIFO; opening both of its ends ends that. */
function giveUp(path: string, opening: Promise<number>): void {
  opening.then(closeSync, () => undefined)
  try {
    closeSync(openSync(systemPath(path), constants.O_RDWR | constants.O_NONBLOCK))
  } catch {
    // It has just been removed.
  }
}

/** A FIFO that is opened at the first read. */
export function fifoSource(path: string, sourceOf: (fd: number) => BatchSource): BatchSource {
  let source: BatchSource | undefined
  let open = true
  return {
    *receive() {
      if (!open) return undefined
      source ??= sourceOf(yield* openFifo(path, constants.O_RDONLY))
      return yield* source.receive()
    },
    putBack: (batch) => source?.putBack(batch),
    close() {
      open = false
      source?.close()
    },
  }
}

/** A FIFO that is being opened. Its reader waits for that too, so it is done also when nothing is ever written. */
export function fifoSink(path: string, sinkOf: (fd: number) => BatchSink): BatchSink {
  const opening = promisify(open)(systemPath(path), constants.O_WRONLY)
  const closing = new Signal()
  let sink: BatchSink | undefined
  let isOpen = true
  opening.then(
    (fd) => {
      if (isOpen) sink = sinkOf(fd)
      else closeSync(fd)
    },
    () => undefined,
  )
  return {
    *deliver(batch) {
      let isDelivered = false
      try {
        yield* until(opening)
        if (sink === undefined) throw new Closed()
        isDelivered = true
        yield* sink.deliver(batch)
      } catch (error) {
        throw error instanceof Closed || error instanceof WriteError ? error : asSystemError(error)
      } finally {
        if (!isDelivered) releaseBlock(batch.block)
      }
    },
    close() {
      isOpen = false
      sink?.close()
    },
    get closed() {
      return sink?.closed ?? false
    },
    get closing() {
      return sink?.closing ?? closing
    },
  }
}
