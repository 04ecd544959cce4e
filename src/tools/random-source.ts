import { closeSync, openSync, readSync } from 'node:fs'
import { placeOf } from '../base/bytes.js'
import { system, SystemError, ToolError } from '../base/error.js'
import { quoteFile, quoteFileAlways } from '../base/quote.js'

/** Where bytes at random come from. */
export interface RandomSource {
  /** Puts bytes at the front of `room`, and returns how many. Throws `ToolError` when a file holds no more. */
  read(room: Uint8Array): number
  close(): void
}

/** The system's own random bytes, or those of a file. Throws `ToolError`: `PROBLEM` with the file's name. */
export function openRandomSource(file: string | undefined, cwd: string, problem = ''): RandomSource {
  if (file === undefined) {
    return {
      // The system's call does not take shared memory.
      read(room) {
        // Loading the module takes milliseconds, and few runs need it.
        const { randomFillSync } = process.getBuiltinModule('node:crypto')
        room.set(randomFillSync(new Uint8Array(room.length)))
        return room.length
      },
      close: () => undefined,
    }
  }
  const descriptor = explain(`${problem}${quoteFile(file)}`, () => openSync(placeOf(cwd, file), 'r'))
  const name = quoteFileAlways(file)
  return {
    read(room) {
      const count = explain(`${name}: read error`, () => readSync(descriptor, room))
      if (count === 0) throw new ToolError(`${name}: end of file`)
      return count
    },
    close: () => closeSync(descriptor),
  }
}

/** So many bytes of a source. Throws `ToolError`. */
export function takeBytes(source: RandomSource, count: number): Buffer {
  const bytes = Buffer.alloc(count)
  for (let at = 0; at < count;) at += source.read(bytes.subarray(at))
  return bytes
}

function explain<Result>(problem: string, call: () => Result): Result {
  try {
    return system(call)
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new ToolError(`${problem}: ${error.reason}`)
  }
}
