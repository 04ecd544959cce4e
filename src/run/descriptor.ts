import { closeSync, fstatSync, readSync, writeSync } from 'node:fs'
import type { Budget } from '../base/budget.js'
import { type Batch, batchSize, Closed, headroom, largeBatchSize, nulWindow } from '../base/io.js'
import { asSystemError, SystemError, WriteError } from '../base/error.js'
import { Signal, type Task } from '../base/task.js'
import { releaseBlock, takeBlock } from '../kernel/block.js'
import type { BatchSink, BatchSource } from '../kernel/channel.js'
import type { Scheduler } from './schedule.js'
import { moveOffset } from './seek.js'

/** What a descriptor is open on, as far as waiting goes: only streams can keep a reader or a writer waiting. */
export type DescriptorKind = 'file' | 'device' | 'stream' | 'terminal'

export function kindOf(fd: number): DescriptorKind {
  const stat = fstatSync(fd)
  if (stat.isFIFO() || stat.isSocket()) return 'stream'
  if (!stat.isCharacterDevice()) return 'file'
  // The major numbers of terminals: tty, console and pseudo terminals (Documentation/admin-guide/devices.txt).
  const major = (stat.rdev >> 8) & 0xfff
  return major === 4 || major === 5 || (major >= 136 && major <= 143) ? 'terminal' : 'device'
}

/** How a source reads. */
export interface ReadOptions {
  readonly scheduler: Scheduler
  /** Where more is held than there is, a file waits until some of it was given back. */
  readonly budget: Budget
  /** Bytes asked for in one read. */
  readonly readSize: number
}

/** Bytes asked for in one read of a file of some size; fewer where the host asks for fewer than usual. */
export function fileReadSize(readSize: number, fileSize: number): number {
  if (readSize < batchSize) return readSize
  const size = fileSize < largeFile ? batchSize : largeBatchSize
  return size - (size % nulWindow)
}

/** So that a command that wants little of a file does not read a good part of it. */
const largeFile = 8 * largeBatchSize

/** Reads a descriptor with calls that block where there is nothing to read yet. */
export function readDescriptor(
  fd: number,
  { scheduler, readSize, budget }: ReadOptions,
  owned: boolean,
): BatchSource {
  const kind = kindOf(fd)
  const mayBlock = kind === 'stream' || kind === 'terminal'
  const size = kind === 'file' ? fileReadSize(readSize, fstatSync(fd).size) : readSize
  const putBack: Batch[] = []
  let open = true
  const takeBack = (): number => {
    let count = 0
    for (const { block, start, end } of putBack.splice(0)) {
      releaseBlock(block)
      count += end - start
    }
    return count
  }
  const waitForMemory = function* (): Task<void> {
    yield* scheduler.breathe(budget.isExceeded)
    while (budget.isExceeded && budget.isBeingFreed) yield* scheduler.breathe(true)
  }
  let skipped = 0
  const settle = (): void => {
    const count = skipped - takeBack()
    skipped = 0
    if (kind === 'file' && count !== 0) moveOffset(fd, count)
  }
  return {
    ...(kind === 'file' ? { file: fd, isAtHand: true } : {}),
    *receive() {
      if (skipped > 0) settle()
      const batch = putBack.pop()
      if (batch !== undefined) return batch
      if (!open) return undefined
      if (mayBlock && scheduler.blocking) yield* scheduler.untilIdle()
      else if (!scheduler.blocking) yield* waitForMemory()
      const block = takeBlock(size)
      let count = 0
      try {
        count = readBlocking(fd, block, size)
      } finally {
        if (count === 0) releaseBlock(block)
      }
      return count === 0 ? undefined : { block, start: headroom, end: headroom + count }
    },
    putBack: (batch) => putBack.push(batch),
    skip: (count) => void (skipped += count),
    settle,
    close() {
      if (!open) return
      open = false
      if (owned) closeSync(fd)
      else settle()
      takeBack()
    },
  }
}

/** Writes a descriptor with calls that block while the reader is behind. */
export function writeDescriptor(fd: number, scheduler: Scheduler, owned: boolean): BatchSink {
  const closing = new Signal()
  let open = true
  let closed = false
  return {
    ...(kindOf(fd) === 'file' ? { file: fd } : {}),
    *deliver({ block, start, end }) {
      try {
        // A stage that reads nothing (`yes`) waits nowhere else.
        if (!scheduler.blocking) yield* scheduler.breathe()
        for (let at = start; at < end;) at += writeBlocking(fd, block, at, end - at)
      } catch (error) {
        if (!(error instanceof SystemError)) throw error
        if (error.code !== 'EPIPE') throw new WriteError(error)
        closed = true
        closing.wake()
        throw new Closed()
      } finally {
        releaseBlock(block)
      }
    },
    close() {
      if (open && owned) closeSync(fd)
      open = false
    },
    get closed() {
      return closed
    },
    closing,
  }
}

function readBlocking(fd: number, block: Buffer, size: number): number {
  return retry(() => readSync(fd, block, headroom, size, null))
}

export function writeBlocking(fd: number, bytes: Uint8Array, offset: number, length: number): number {
  return retry(() => writeSync(fd, bytes, offset, length, null))
}

/**
 * Calls until the descriptor is ready. A descriptor that another process made non-blocking refuses with
 * EAGAIN; there is no call to wait for it, so it is asked again after a pause too short to be noticed.
 */
function retry(call: () => number): number {
  for (let pause = 0.1; ; pause = Math.min(pause * 2, 5)) {
    try {
      return call()
    } catch (error) {
      const refusal = asSystemError(error)
      if (refusal instanceof SystemError && refusal.code === 'EOF') return 0
      if (!(refusal instanceof SystemError) || refusal.code !== 'EAGAIN') throw refusal
      Atomics.wait(pauseCell, 0, 0, pause)
    }
  }
}

const pauseCell = new Int32Array(new SharedArrayBuffer(4))

/** A source or sink for a closed descriptor: every use is refused, as the system does. */
export function closedDescriptor(): BatchSource & BatchSink {
  return {
    *receive() {
      throw new SystemError('EBADF')
    },
    putBack: () => undefined,
    *deliver({ block }): Task<never> {
      releaseBlock(block)
      throw new WriteError(new SystemError('EBADF'))
    },
    close: () => undefined,
    closed: false,
    closing: new Signal(),
  }
}
