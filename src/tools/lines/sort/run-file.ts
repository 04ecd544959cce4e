import { constants, openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { system, SystemError, ToolError } from '../../../base/error.js'
import { quoteFile, quoteFileAlways } from '../../../base/quote.js'
import { grownSize, kernel } from '../../../kernel/index.js'
import type { Holdings } from '../../holdings.js'
import type { LineSource, Sink } from './merge.js'
import type { Workshop } from './workshop.js'

/** Sorted lines in a temporary file that has no name any more. */
export interface RunFile {
  readonly file: number
  readonly size: number
}

export interface RunWriter extends Sink {
  /** Writes what is left; the run can be read then. */
  finish(): RunFile
}

/** Creates runs in the folders for them, in turn. */
export function runWriters(shop: Workshop): () => RunWriter {
  const { folders } = shop
  let next = 0
  return () => createRun(folders[next++ % folders.length] ?? '', shop)
}

/** Opens a temporary file and takes its name away at once. Throws `ToolError`. */
function createRun(
  folder: string,
  { cwd, blockSize, holdings, breathe }: Pick<Workshop, 'cwd' | 'blockSize' | 'holdings' | 'breathe'>,
): RunWriter {
  // Loading the module takes milliseconds, and most sorts write no run.
  const { randomBytes } = process.getBuiltinModule('node:crypto')
  const path = join(folder, `sort${randomBytes(9).toString('base64url')}`)
  const file = openUnnamed(resolve(cwd, path), folder)
  holdings.hold(file)
  let block = holdings.take(blockSize)
  let pending = 0
  let size = 0
  const write = (): void => {
    try {
      for (let at = 0; at < pending;) at += system(() => writeSync(file, block, at, pending - at))
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      throw new ToolError(`write failed: ${quoteFile(path)}: ${error.reason}`)
    }
    size += pending
    pending = 0
  }
  return {
    // What the memory allows for it, and no more than that where lines are short.
    room: blockSize,
    reserve(room) {
      if (pending + room > block.length) write()
      if (room > block.length) {
        holdings.release(block.byteOffset)
        block = holdings.take(room)
      }
      return block.byteOffset + pending
    },
    advance(count) {
      pending += count
    },
    // A file is written in whole blocks.
    flush: breathe,
    finish() {
      write()
      holdings.release(block.byteOffset)
      return { file, size }
    },
  }
}

function openUnnamed(path: string, folder: string): number {
  try {
    const file = system(() => openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600))
    unlinkSync(path)
    return file
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new ToolError(`cannot create temporary file in ${quoteFileAlways(folder)}: ${error.reason}`)
  }
}

/** Reads some of a run's file. What fails is the sort's, whoever's input is read meanwhile. Throws `ToolError`. */
export function readRunFile(file: number, to: Buffer, offset: number): number {
  try {
    return system(() => readSync(file, to, 0, to.length, offset))
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new ToolError(`read failed: a temporary file: ${error.reason}`)
  }
}

/** Reads a run in blocks of whole lines, and closes its file at the end. */
export function readRun(
  { file, size }: RunFile,
  blockSize: number,
  delimiter: number,
  holdings: Holdings,
): LineSource {
  let block = holdings.take(blockSize)
  let offset = 0
  /** The bytes [cut, end) of the block begin a line. */
  let cut = 0
  let end = 0
  return {
    *read() {
      block.copyWithin(0, cut, end)
      end -= cut
      cut = 0
      while (cut === 0) {
        if (offset === size) {
          holdings.release(block.byteOffset)
          holdings.close(file)
          return undefined
        }
        if (end === block.length) block = holdings.enlarge(block, end, grownSize(end, end + 1))
        const from = block.byteOffset
        const count = readRunFile(file, block.subarray(end), offset)
        offset += count
        end += count
        cut = (kernel.findLastByte(from, from + end, delimiter) >>> 0) + 1 - from
      }
      return block.subarray(0, cut)
    },
  }
}
