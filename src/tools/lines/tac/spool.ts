import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { system, SystemError, ToolError } from '../../../base/error.js'
import type { Input } from '../../../base/io.js'
import { quoteFileAlways } from '../../../base/quote.js'
import type { Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { allocate, bytesAt, release } from '../../../kernel/index.js'
import { readAt } from '../../extent.js'

/** The whole of an input, that can be read from any place. */
export interface Spooled {
  readonly size: number
  /** Fills `room` with the bytes from an offset on. Throws `SystemError`. */
  readAt(offset: number, room: Buffer): void
  free(): void
}

/** Reads an input to its end. Past the memory budget it goes to a file. Throws `SystemError`, and `ToolError` for that file. */
export function* spool(input: Input, io: StageIo): Task<Spooled> {
  const temporaryFolder = io.temporaryFolder()
  const held: Buffer[] = []
  let file: number | undefined
  let size = 0
  const free = (): void => {
    for (const block of held.splice(0)) release(block.byteOffset)
    if (file !== undefined) closeSync(file)
  }
  const spill = (): void => {
    file = openUnnamed(temporaryFolder)
    for (const [index, block] of held.entries())
      writeAll(file, temporaryFolder, block.subarray(0, size - index * blockSize))
    for (const block of held.splice(0)) release(block.byteOffset)
    io.memory.hold(0)
  }
  try {
    for (let batch = yield* input.read(); batch !== undefined; batch = yield* input.read()) {
      if (file === undefined && io.memory.hold(size + batch.length)) spill()
      if (file === undefined) hold(held, size, batch)
      else writeAll(file, temporaryFolder, batch)
      size += batch.length
    }
    if (file === undefined && size > io.memory.mostWaiting(false)) spill()
  } catch (error) {
    free()
    throw error
  }
  const spooled = file
  return {
    size,
    readAt(offset, room) {
      if (spooled === undefined) copyHeld(held, offset, room)
      else readAt(spooled, offset, room)
    },
    free,
  }
}

const blockSize = 256 * 1024

/** Adds bytes behind the `size` that the blocks hold. */
function hold(blocks: Buffer[], size: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) {
    const used = (size + at) % blockSize
    if (used === 0) blocks.push(bytesAt(allocate(blockSize), blockSize))
    const piece = bytes.subarray(at, at + blockSize - used)
    blocks.at(-1)?.set(piece, used)
    at += piece.length
  }
}

function copyHeld(blocks: readonly Buffer[], offset: number, room: Buffer): void {
  for (let at = 0; at < room.length;) {
    const from = (offset + at) % blockSize
    const piece = blocks[Math.floor((offset + at) / blockSize)]?.subarray(from, from + room.length - at)
    if (piece === undefined) return
    room.set(piece, at)
    at += piece.length
  }
}

/** A file that is gone when it is closed, also when the process is killed. */
function openUnnamed(folder: string): number {
  try {
    const place = system(() => mkdtempSync(join(folder, 'sluice-')))
    try {
      return system(() => openSync(join(place, 'spool'), 'wx+', 0o600))
    } finally {
      rmSync(place, { recursive: true, force: true })
    }
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new ToolError(`failed to create temporary file in ${quoteFileAlways(folder)}: ${error.reason}`)
  }
}

function writeAll(file: number, folder: string, bytes: Buffer): void {
  try {
    for (let at = 0; at < bytes.length;) at += system(() => writeSync(file, bytes, at))
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new ToolError(`cannot write a temporary file in ${quoteFileAlways(folder)}: ${error.reason}`)
  }
}
