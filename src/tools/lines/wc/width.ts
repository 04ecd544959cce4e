import { fstatSync, statSync, type Stats } from 'node:fs'
import { placeOf } from '../../../base/bytes.js'
import { streamDescriptor } from '../../../base/path.js'
import type { StageIo } from '../../../base/tool.js'

/**
 * The width of every column: that of the regular files' sizes added up, and at least 7 when there is another kind of
 * file, whose size nobody knows before it is read. A lone number has no column.
 */
export function columnWidth(files: readonly string[], counts: number, io: StageIo): number {
  if (files.length === 1 && counts === 1) return 1
  let total = 0
  let minimum = 1
  for (const file of files) {
    const size = sizeOf(file, io)
    if (size === 'unknown') minimum = 7
    else total += size
  }
  return Math.max(minimum, String(total).length)
}

/** Files that are not there count nothing: they will have no line. */
function sizeOf(path: string, io: StageIo): number | 'unknown' {
  if (path === '') return 0
  try {
    const stat = stateOf(path, io)
    return stat?.isFile() === true ? stat.size : 'unknown'
  } catch {
    return 0
  }
}

function stateOf(path: string, io: StageIo): Stats | undefined {
  if (streamDescriptor(path) === undefined) return statSync(placeOf(io.cwd, path))
  const { file } = io.open(path)
  return file === undefined ? undefined : fstatSync(file)
}
