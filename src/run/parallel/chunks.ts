import { fstatSync, readSync } from 'node:fs'
import { system } from '../../base/error.js'
import { type Batch, headroom, nulWindow } from '../../base/io.js'
import { Signal } from '../../base/task.js'
import { releaseBlock, takeBlock } from '../../kernel/block.js'
import type { BatchSource } from '../../kernel/channel.js'
import { fileReadSize } from '../descriptor.js'

/** Bytes of a file from `start` up to `end`. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** A file cut into chunks between lines. */
export interface Chunks {
  readonly count: number
  /** The lines that end in a chunk, as those that end in a batch are one batch. Throws `SystemError`. */
  range(chunk: number): Range
  /** Those of a chunk and all behind it. */
  rest(chunk: number): Range
}

/** Cuts an open file into chunks of about `size` bytes. */
export function chunksOf(fd: number, size: number): Chunks {
  const fileSize = fstatSync(fd).size
  const count = Math.max(1, Math.ceil(fileSize / size))
  const lineStart = lineStarts(fd, size % nulWindow === 0)
  /** The file may have grown: the last chunk ends with it. */
  const startOf = (chunk: number): number =>
    chunk === 0 ? 0 : chunk >= count ? Infinity : lineStart(chunk * size)
  return {
    count,
    range: (chunk) => ({ start: startOf(chunk), end: startOf(chunk + 1) }),
    rest: (chunk) => ({ start: startOf(chunk), end: Infinity }),
  }
}

/**
 * Finds where the line begins that goes on at a position. Where that line has a NUL before it, another is taken: the one that
 * goes on where the NUL's window begins. So no chunk has lines in a window with a NUL that stands in a later chunk. That can
 * be where the positions are `inWindows`, between windows.
 */
function lineStarts(fd: number, inWindows: boolean): (position: number) => number {
  const buffer = Buffer.alloc(4096)
  /** What was found last: a line of any length is searched through once, as long as the positions increase. */
  let last = { position: 0, start: 0 }
  return (position) => {
    if (position < last.position) last = { position: 0, start: 0 }
    last = { position, start: search(position) }
    return last.start
  }

  function search(position: number): number {
    let nul: number | undefined
    for (let to = position; to > last.position;) {
      const from = Math.max(last.position, to - buffer.length)
      const count = system(() => readSync(fd, buffer, 0, to - from, from))
      const bytes = buffer.subarray(0, count)
      const index = bytes.lastIndexOf(newline)
      const firstNul = bytes.indexOf(0, index + 1)
      if (inWindows && firstNul >= 0) nul = from + firstNul
      if (index >= 0) return nul === undefined ? from + index + 1 : search(nul - (nul % nulWindow))
      to = from
    }
    return last.start
  }
}

const newline = 0x0a

/** A source that gives the bytes of one range after another, as it is told. */
export interface RangeSource extends BatchSource {
  /** Gives the next range's bytes from now on, and ends when there is none; the range before must have been read. */
  next(range: Range | undefined): void
  /** Where the first bytes that it gave stand in the file. */
  readonly start: number
}

export function rangeSource(fd: number, readSize: number): RangeSource {
  const arrived = new Signal()
  const putBack: Batch[] = []
  let range: Range = { start: 0, end: 0 }
  let isEnded = false
  let firstStart: number | undefined
  return {
    isAtHand: true,
    get start() {
      return firstStart ?? 0
    },
    next(given) {
      if (given === undefined) isEnded = true
      else range = given
      arrived.wake()
    },
    *receive() {
      for (;;) {
        const batch = putBack.pop() ?? read()
        if (batch !== undefined || isEnded) return batch
        yield arrived
      }
    },
    putBack: (batch) => putBack.push(batch),
    close() {
      isEnded = true
      range = { start: 0, end: 0 }
      for (const { block } of putBack.splice(0)) releaseBlock(block)
    },
  }

  /** The next bytes of the range; undefined at its end, and at that of the file. */
  function read(): Batch | undefined {
    const { start, end } = range
    if (start >= end) return undefined
    const size = fileReadSize(readSize, Infinity)
    const block = takeBlock(size)
    // Up to where the file's bytes lie as memory does: copying them is twice as fast from there on.
    const wanted = Math.min(size, end - start, size - (start % size))
    const count = system(() => readSync(fd, block, headroom, wanted, start))
    range = { start: start + count, end: count === 0 ? start : end }
    if (count > 0) firstStart ??= start
    if (count > 0) return { block, start: headroom, end: headroom + count }
    releaseBlock(block)
    return undefined
  }
}
