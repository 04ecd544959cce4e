import { readlinkSync } from 'node:fs'
import { placeOf, textOf } from '../../../base/bytes.js'
import { SystemError, system, ToolError } from '../../../base/error.js'

/** As many as the kernel follows. */
const mostLinks = 40

/**
 * What a symbolic link leads to, as a path that keeps the folders of the name. Throws `ToolError`, exit 4.
 * GNU sed manual, "Command-Line Options", `--follow-symlinks`.
 */
export function followLinks(name: string, folder: string): string {
  let path = name
  for (let count = 0; count <= mostLinks; count++) {
    const link = readLink(path, folder)
    if (link === undefined) return path
    path = link.startsWith('/') ? link : path.slice(0, path.lastIndexOf('/') + 1) + link
  }
  throw new ToolError(`couldn't follow symlink ${name}: Too many levels of symbolic links`, 4)
}

/** Undefined for what is no link. */
function readLink(path: string, folder: string): string | undefined {
  try {
    return system(() => textOf(readlinkSync(placeOf(folder, path), 'buffer')))
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    if (error.code === 'EINVAL') return undefined
    throw new ToolError(`couldn't readlink ${path}: ${error.reason}`, 4)
  }
}
