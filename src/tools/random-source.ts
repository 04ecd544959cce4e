import { randomBytes } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { resolve } from 'node:path'
import { system, SystemError, ToolError } from '../base/error.js'
import { quoteFile, quoteFileAlways } from '../base/quote.js'

/** Where bytes at random come from. */
export interface RandomSource {
  /** The next bytes. Throws `ToolError` when a file cannot be read, or holds no more of them. */
  take(count: number): Buffer
  close(): void
}

/** The system's own random bytes, or those of a file. Throws `ToolError` in GNU's words. */
export function openRandomSource(file: string | undefined, cwd: string, openProblem: string): RandomSource {
  if (file === undefined) return { take: randomBytes, close: () => undefined }
  const descriptor = explain(`${openProblem}${quoteFile(file)}`, () => openSync(resolve(cwd, file), 'r'))
  const buffer = Buffer.alloc(4096)
  let held = buffer.subarray(0, 0)
  return {
    take(count) {
      const bytes = Buffer.alloc(count)
      for (let filled = 0; filled < count;) {
        if (held.length === 0) {
          const problem = `${quoteFileAlways(file)}: read error`
          held = buffer.subarray(
            0,
            explain(problem, () => readSync(descriptor, buffer)),
          )
          if (held.length === 0) throw new ToolError(`${quoteFileAlways(file)}: end of file`)
        }
        const copied = held.copy(bytes, filled)
        held = held.subarray(copied)
        filled += copied
      }
      return bytes
    },
    close: () => closeSync(descriptor),
  }
}

function explain<Result>(problem: string, call: () => Result): Result {
  try {
    return system(call)
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new ToolError(`${problem}: ${error.reason}`)
  }
}
