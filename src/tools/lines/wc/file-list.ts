import { fstatSync } from 'node:fs'
import { textOf } from '../../../base/bytes.js'
import { SystemError, ToolError } from '../../../base/error.js'
import type { Input } from '../../../base/io.js'
import { quoteFile, quoteFileAlways } from '../../../base/quote.js'
import type { Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { wholeLines } from '../../../kernel/index.js'

/** The names in a file, each ended by NUL. */
export interface FileList {
  /** All of them where they are known before the first is used: in a regular file of a reasonable size. */
  readonly all?: readonly string[]
  /** Gives each name to `use`; false when the list could not be read to its end. */
  each(use: (name: string) => Task<void>): Task<boolean>
}

/** Opens the list. Throws `ToolError`. */
export function* openFileList(path: string, io: StageIo): Task<FileList> {
  const input = open(path, io)
  if (!isSmallFile(input)) return { each: (use) => eachName(input, use) }
  const all: string[] = []
  const fine = yield* eachName(input, function* (name) {
    all.push(name)
  })
  return {
    all,
    *each(use) {
      for (const name of all) yield* use(name)
      return fine
    },
  }

  function* eachName(list: Input, use: (name: string) => Task<void>): Task<boolean> {
    const records = wholeLines(list, 0)
    try {
      for (let batch = yield* records.read(); batch !== undefined; batch = yield* records.read()) {
        const names = textOf(batch).split('\0')
        if (names.at(-1) === '') names.pop()
        for (const name of names) yield* use(name)
      }
      return true
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      io.warn(`${quoteFile(path)}: read error: ${error.reason}`)
      return false
    }
  }
}

function open(path: string, io: StageIo): Input {
  try {
    return io.open(path)
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new ToolError(`cannot open ${quoteFileAlways(path)} for reading: ${error.reason}`)
  }
}

function isSmallFile({ file }: Input): boolean {
  if (file === undefined) return false
  const stat = fstatSync(file)
  return stat.isFile() && stat.size <= 10 * 1024 * 1024
}
