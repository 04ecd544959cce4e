import { chmodSync, chownSync, lstatSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { systemPath } from '../../../base/bytes.js'
import { SystemError, system, ToolError } from '../../../base/error.js'
import type { Output } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'

/** A file that is being replaced by what is written of it. */
export interface InPlaceEdit {
  readonly output: Output
  /** Puts the new content in the file's place, and the old one in the backup's. */
  commit(): Task<void>
  /** Removes the new content. */
  abandon(): void
}

let count = 0

/**
 * Begins to replace a file. `suffix` names the backup: what is put behind the name, or in the place of its `*`;
 * empty for none. Throws `ToolError`, exit 4. GNU sed manual, "Command-Line Options", `-i`.
 */
export function editInPlace(name: string, suffix: string, io: StageIo): InPlaceEdit {
  const target = resolve(io.cwd, name)
  const status = system(() => statSync(systemPath(target)))
  if (!status.isFile()) throw new ToolError(`couldn't edit ${name}: not a regular file`, 4)
  const temporary = join(dirname(target), `sed${process.pid.toString(36)}${(count++).toString(36)}`)
  const output = create()
  let isDone = false
  return {
    output,
    *commit() {
      yield* output.flush()
      output.close()
      system(() => chmodSync(systemPath(temporary), status.mode))
      keepOwner()
      if (suffix !== '*' && suffix !== '') rename(target, resolve(io.cwd, backupName()))
      rename(temporary, target)
      isDone = true
    },
    abandon() {
      if (!isDone) rmSync(systemPath(temporary), { force: true })
      isDone = true
    },
  }

  function create(): Output {
    try {
      return io.create(temporary)
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      throw new ToolError(`couldn't open temporary file ${temporary}: ${error.reason}`, 4)
    }
  }

  function backupName(): string {
    return suffix.includes('*') ? suffix.replaceAll('*', () => name) : name + suffix
  }

  function rename(from: string, to: string): void {
    try {
      system(() => renameSync(systemPath(from), systemPath(to)))
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      throw new ToolError(`cannot rename ${name}: ${error.reason}`, 4)
    }
  }

  /** Only a privileged process may give files away. */
  function keepOwner(): void {
    const { uid, gid } = lstatSync(systemPath(temporary))
    if (uid === status.uid && gid === status.gid) return
    try {
      chownSync(systemPath(temporary), status.uid, status.gid)
    } catch {
      // The new file then belongs to whoever edits it, as with GNU sed.
    }
  }
}
