import { type BigIntStats, opendirSync, type Dirent, statSync } from 'node:fs'
import { placeOf, textOf } from '../../../base/bytes.js'
import { SystemError, system } from '../../../base/error.js'
import { streamDescriptor } from '../../../base/path.js'
import type { StageIo } from '../../../base/tool.js'
import { isExcluded } from './exclusion.js'
import type { Selection } from './settings.js'

export interface FileToSearch {
  /** What `io.open` takes. */
  readonly path: string
  /** What messages and output call it. */
  readonly name: string
  readonly showName: boolean
}

/** The files that the operands lead to, directories in the order the system gives; failures go to `fail`. */
export function* filesToSearch(
  selection: Selection,
  { cwd }: StageIo,
  fail: (message: string) => void,
): Generator<FileToSearch> {
  const { directories, devices, exclusion, followLinks } = selection
  let { showNames } = selection
  for (const operand of selection.operands) {
    if (operand === '-') {
      showNames ??= false
      yield { path: operand, name: selection.label ?? '(standard input)', showName: showNames }
    } else yield* fromOperand(operand)
  }

  function* fromOperand(operand: string): Generator<FileToSearch> {
    const file = { path: operand, name: operand }
    const isLookedAt = directories !== 'read' || devices === 'skip' || exclusion.files.length > 0
    const isStream = streamDescriptor(operand) !== undefined
    if (isStream || (!isLookedAt && exclusion.directories.length === 0)) {
      yield { ...file, showName: (showNames ??= false) }
      return
    }
    const stats = statusOf(operand)
    if (stats === undefined) return
    if (stats.isDirectory()) {
      showNames ??= true
      if (directories === 'skip') return
      if (!selection.isFolderImplied && isExcluded(exclusion.directories, operand, true)) return
      if (directories === 'recurse') yield* inDirectory(operand, [stats])
      else yield { ...file, showName: showNames }
      return
    }
    showNames ??= false
    if (devices === 'skip' && isDevice(stats)) return
    if (isExcluded(exclusion.files, operand, true)) return
    yield { ...file, showName: showNames }
  }

  function* inDirectory(path: string, ancestors: readonly BigIntStats[]): Generator<FileToSearch> {
    // Without operands, names are shown without `./`.
    const prefix = path === '.' && selection.isFolderImplied ? '' : path.replace(/\/*$/, '/')
    for (const entry of entriesOf(path)) {
      const ownName = nameOf(entry)
      const name = prefix + ownName
      if (entry.isSymbolicLink() && !followLinks) continue
      const stats = entry.isSymbolicLink() || entry.isDirectory() ? statusOf(name) : entry
      if (stats === undefined) continue
      const list = stats.isDirectory() ? exclusion.directories : exclusion.files
      if (isExcluded(list, ownName, false)) continue
      if (!stats.isDirectory()) {
        if (devices === 'read' || !isDevice(stats)) yield { path: name, name, showName: showNames ?? true }
      } else if ('ino' in stats) {
        if (ancestors.some(({ ino, dev }) => ino === stats.ino && dev === stats.dev)) {
          fail(`${name}: warning: recursive directory loop`)
        } else yield* inDirectory(name, [...ancestors, stats])
      }
    }
  }

  function* entriesOf(path: string): Generator<Dirent> {
    try {
      const directory = system(() => opendirSync(placeOf(cwd, path), { encoding: asBytes }))
      try {
        for (let entry = directory.readSync(); entry !== null; entry = directory.readSync()) yield entry
      } finally {
        directory.closeSync()
      }
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      fail(`${path}: ${error.reason}`)
    }
  }

  function statusOf(path: string): BigIntStats | undefined {
    try {
      return system(() => statSync(placeOf(cwd, path), { bigint: true }))
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      fail(`${path}: ${error.reason}`)
      return undefined
    }
  }
}

// A boundary: Node's types know no entries with names in bytes.
const asBytes = 'buffer' as BufferEncoding

function nameOf(entry: Dirent): string {
  const name: string | Buffer = entry.name
  return typeof name === 'string' ? name : textOf(name)
}

function isDevice(
  stats: Pick<Dirent, 'isFIFO' | 'isSocket' | 'isCharacterDevice' | 'isBlockDevice'>,
): boolean {
  return stats.isFIFO() || stats.isSocket() || stats.isCharacterDevice() || stats.isBlockDevice()
}
