import { fstatSync, readFileSync, readSync } from 'node:fs'
import { system } from '../base/error.js'
import { batchSize, type Input, type Output } from '../base/io.js'
import type { Task } from '../base/task.js'
import { allocate, bytesAt, release } from '../kernel/index.js'
import type { Unit } from './unit.js'

/** What is still to be read of a regular file, by offsets. */
export interface Extent {
  readonly file: number
  readonly start: number
  readonly end: number
}

/**
 * The rest of an input that can seek, for stages that begin at its end. Undefined for what cannot, and for files of
 * up to `small` bytes: a read gives them as fast, and their size may be a lie, as under /proc.
 */
export function* extentOf(input: Input, small = batchSize): Task<Extent | undefined> {
  const { file } = input
  if (file === undefined) return undefined
  const end = fileSize(file)
  const isSmall = end <= small
  if (input.name !== '-') return isSmall ? undefined : { file, start: 0, end }
  // Standard input may have been read in part, and a piece of that may have been given back.
  const next = yield* input.read()
  const offset = offsetOf(file)
  const unread = next?.length ?? 0
  input.unread(unread)
  // A small file whose size is true has been read to its end.
  if (offset === undefined || (isSmall && offset !== end)) return undefined
  const start = offset - unread
  return { file, start, end: Math.max(start, end) }
}

export function fileSize(file: number): number {
  return system(() => fstatSync(file)).size
}

/** Where a descriptor stands; undefined where the system has no way to ask (proc(5), /proc/pid/fdinfo). */
function offsetOf(file: number): number | undefined {
  try {
    const offset = /^pos:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${file}`, 'latin1'))?.[1]
    return offset === undefined ? undefined : Number(offset)
  } catch {
    return undefined
  }
}

/** Where the last `count` units of the extent begin. It reads no more than those. Throws `SystemError`. */
export function startOfLast({ file, start, end }: Extent, count: number, unit: Unit): number {
  if (count === 0) return end
  const address = allocate(batchSize)
  try {
    let left: number | undefined
    for (let to = end; to > start;) {
      const from = Math.max(start, to - batchSize)
      const block = readAt(file, from, bytesAt(address, to - from))
      left ??= count + 1 - unit.unfinished(block)
      const found = unit.skipBack(block, left)
      if (found !== undefined) return from + found
      left -= unit.count(block)
      to = from
    }
    return start
  } finally {
    release(address)
  }
}

/** Where the first `count` units of the extent end; its end when there are no more. Throws `SystemError`. */
export function endOfFirst({ file, start, end }: Extent, count: number, unit: Unit): number {
  const address = allocate(batchSize)
  try {
    let left = count
    for (let from = start; from < end; from += batchSize) {
      if (left === 0) return from
      const block = readAt(file, from, bytesAt(address, Math.min(batchSize, end - from)))
      const units = unit.count(block)
      if (units >= left) return from + unit.skip(block, left)
      left -= units
    }
    return end
  } finally {
    release(address)
  }
}

/** Whether a file has as many bytes as the system says: under /proc and /sys most have not. */
export function hasTrueSize(file: number, size: number): boolean {
  return size > 0 && readAt(file, size - 1, lastByte).length === 1
}

const lastByte = Buffer.allocUnsafeSlow(1)

/** Fills `room` from an offset on, as far as the file goes. Throws `SystemError`. */
export function readAt(file: number, offset: number, room: Buffer): Buffer {
  let length = 0
  while (length < room.length) {
    const count = system(() => readSync(file, room, length, room.length - length, offset + length))
    if (count === 0) break
    length += count
  }
  return room.subarray(0, length)
}

/** Copies from an offset to the file's end, and returns where that was. Throws `SystemError`. */
export function* copyToEnd(file: number, from: number, output: Output): Task<number> {
  for (let at = from; ;) {
    const room = bytesAt(output.reserve(batchSize), batchSize)
    const count = system(() => readSync(file, room, 0, batchSize, at))
    if (count === 0) return at
    output.advance(count)
    at += count
    yield* output.flush()
  }
}
