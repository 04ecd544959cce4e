import { accessSync, constants, fstatSync, statSync } from 'node:fs'
import { placeOf } from '../../../base/bytes.js'
import { system, SystemError, ToolError } from '../../../base/error.js'
import type { Input } from '../../../base/io.js'
import { streamDescriptor } from '../../../base/path.js'
import { quoteFile } from '../../../base/quote.js'
import type { Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'

/** Throws `ToolError` for the first file that cannot be read, before anything is. */
export function checkReadable(io: StageIo, files: readonly string[]): void {
  for (const file of files) {
    if (streamDescriptor(file) !== undefined) continue
    named('cannot read', file, () => {
      // The system resolves an empty path to nothing, and Node to the folder.
      if (file === '') throw new SystemError('ENOENT')
      system(() => accessSync(placeOf(io.cwd, file), constants.R_OK))
    })
  }
}

/** Opens an input whose failures are told as sort tells them. Throws `ToolError`. */
export function openInput(io: StageIo, file: string): Input {
  const input = named('open failed', file, () => io.open(file))
  const read = function* (): Task<Buffer | undefined> {
    try {
      return yield* input.read()
    } catch (error) {
      throw renamed('read failed', file, error)
    }
  }
  return {
    name: input.name,
    file: input.file,
    isAtHand: input.isAtHand,
    read,
    pass: (output, from, to) => input.pass(output, from, to),
    unread: (count) => input.unread(count),
    skip: (count) => input.skip(count),
    // Standard input may be named again, and is at its end then.
    close: () => (file === '-' ? undefined : input.close()),
    onClose: (action) => input.onClose(action),
  }
}

/** Whether both are the same file of the system. */
export function isSameFile(io: StageIo, file: string, input: Input): boolean {
  try {
    const a = statSync(placeOf(io.cwd, file))
    if (input.file === undefined) return false
    const b = fstatSync(input.file)
    return a.dev === b.dev && a.ino === b.ino
  } catch {
    return false
  }
}

function named<Result>(problem: string, file: string, action: () => Result): Result {
  try {
    return action()
  } catch (error) {
    throw renamed(problem, file, error)
  }
}

function renamed(problem: string, file: string, error: unknown): unknown {
  if (!(error instanceof SystemError)) return error
  return new ToolError(`${problem}: ${quoteFile(file)}: ${error.reason}`)
}
