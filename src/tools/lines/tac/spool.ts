import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { system, SystemError, ToolError } from '../../../base/error.js'
import type { Input } from '../../../base/io.js'
import { quoteFileAlways } from '../../../base/quote.js'
import type { Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { GrowingBytes } from '../../../kernel/index.js'

/** The whole of an input: in kernel memory, or in a file that has no name any more. */
export interface Spooled {
  readonly bytes: Buffer
  readonly file: number | undefined
  readonly size: number
  free(): void
}

/** Reads an input to its end. Past the memory budget it goes to a file. Throws `SystemError`, and `ToolError` for that file. */
export function* spool(input: Input, { memoryBudget, temporaryFolder }: StageIo): Task<Spooled> {
  const held = new GrowingBytes()
  let file: number | undefined
  let size = 0
  const free = (): void => {
    held.free()
    if (file !== undefined) closeSync(file)
  }
  try {
    for (let batch = yield* input.read(); batch !== undefined; batch = yield* input.read()) {
      size += batch.length
      // Twice: while the held bytes grow, they stand in memory twice.
      if (file === undefined && 2 * size > memoryBudget) {
        file = openUnnamed(temporaryFolder)
        writeAll(file, held.bytes)
        held.free()
      }
      if (file === undefined) held.append(batch)
      else writeAll(file, batch)
    }
  } catch (error) {
    free()
    throw error
  }
  return { bytes: held.bytes, file, size, free }
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

function writeAll(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += system(() => writeSync(file, bytes, at))
}
