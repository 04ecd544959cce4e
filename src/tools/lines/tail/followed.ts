import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { systemPath } from '../../../base/bytes.js'
import { reasonFor, system, SystemError } from '../../../base/error.js'
import { quoteFile, quoteFileAlways } from '../../../base/quote.js'
import type { StageIo } from '../../../base/tool.js'
import type { FollowSettings } from './settings.js'
import { type Watch, watchPath } from '../../follow/watch.js'

/** A file that is followed, or waited for. */
export interface Followed {
  readonly operand: string
  /** What messages and headers call it. */
  readonly name: string
  /** What is open under the name, or was until something else takes the name. */
  open: OpenFile | undefined
  /** What has the name now; what is open is read to its end before. */
  successor: OpenFile | undefined
  /** Why the name could not be used when last looked at: an errno, or that it names nothing that grows. */
  failure: string | undefined
  /** Whether the name could be opened when last looked at. */
  isReachable: boolean
  /** Nothing is expected of it any more. */
  isGivenUp: boolean
  watches: Watch[]
}

export interface OpenFile {
  readonly descriptor: number
  readonly stats: Stats
  /** How far a regular file has been read. */
  offset: number
  close(): void
}

/** `failure` of a name that stands for a folder or the like. */
export const untailable = 'untailable'

/** Regular files, pipes, sockets and character devices can grow. */
export function canGrow(stats: Stats): boolean {
  return stats.isFile() || stats.isFIFO() || stats.isSocket() || stats.isCharacterDevice()
}

export function newFollowed(operand: string, name: string): Followed {
  return {
    operand,
    name,
    open: undefined,
    successor: undefined,
    failure: undefined,
    isReachable: true,
    isGivenUp: false,
    watches: [],
  }
}

/** What was added since the last call, piece by piece; each piece is good until the next. */
export function* newBytes(file: Followed, io: StageIo): Generator<Buffer, void, void> {
  const { open } = file
  if (open === undefined) return
  const isRegular = open.stats.isFile()
  if (isRegular) {
    const { size } = system(() => fstatSync(open.descriptor))
    if (size < open.offset) {
      io.warn(`${quoteFile(file.name)}: file truncated`)
      open.offset = 0
    }
    if (size === open.offset) return
  }
  for (;;) {
    const count = readNow(open.descriptor, isRegular ? open.offset : null)
    if (count === 0) return
    open.offset += count
    yield landing.subarray(0, count)
  }
}

/** Stands between a file and an output; one is enough, as its bytes are copied before anything waits. */
const landing = Buffer.allocUnsafeSlow(64 * 1024)

/** Reads what is there; 0 also for a pipe that holds nothing now. */
function readNow(descriptor: number, offset: number | null): number {
  try {
    return system(() => readSync(descriptor, landing, 0, landing.length, offset))
  } catch (error) {
    if (error instanceof SystemError && error.code === 'EAGAIN') return 0
    throw error
  }
}

/**
 * Looks a name up again and says what became of it. Another file that has the name now is the successor. A file that
 * lost its name stays open until there is one, so that what its writer still adds is not lost.
 */
export function lookAgain(file: Followed, { by, retry }: FollowSettings, io: StageIo): void {
  const { failure: failureBefore, isReachable: wasReachable, open: before } = file
  const name = quoteFileAlways(file.name)
  const found = openNow(resolve(io.cwd, file.operand))
  file.isReachable = typeof found !== 'string' || !retry

  if (typeof found === 'string') {
    file.failure = found
    if (file.isReachable) {
      if (failureBefore !== found) io.warn(`${quoteFile(file.name)}: ${reasonFor(found)}`)
      abandon(file)
    } else if (wasReachable) io.warn(`${name} has become inaccessible: ${reasonFor(found)}`)
    return
  }
  if (!canGrow(found.stats)) {
    found.close()
    abandon(file)
    file.failure = untailable
    file.isReachable = false
    file.isGivenUp = !(retry && by === 'name')
    if (wasReachable || failureBefore !== untailable)
      io.warn(
        `${name} has been replaced with an untailable file${file.isGivenUp ? '; giving up on this name' : ''}`,
      )
    return
  }
  file.failure = undefined
  const isSame = before?.stats.ino === found.stats.ino && before.stats.dev === found.stats.dev
  if (failureBefore !== undefined && failureBefore !== 'ENOENT') io.warn(`${name} has become accessible`)
  else if (before === undefined || failureBefore !== undefined)
    io.warn(`${name} has appeared;  following new file`)
  else if (!isSame) io.warn(`${name} has been replaced;  following new file`)
  if (isSame) found.close()
  else file.successor = found
}

/** Goes over to the file that has the name now. */
export function succeed(file: Followed): void {
  file.open?.close()
  file.open = file.successor
  file.successor = undefined
}

/** Opens a path without waiting for a pipe's writer; the errno's name when that is refused. */
export function openNow(path: string): OpenFile | string {
  try {
    const descriptor = system(() => openSync(systemPath(path), constants.O_RDONLY | constants.O_NONBLOCK))
    const stats = fstatSync(descriptor)
    return { descriptor, stats, offset: 0, close: () => closeSync(descriptor) }
  } catch (error) {
    if (error instanceof SystemError) return error.code
    throw error
  }
}

/** Calls `changed` when the file changes, or when something may have taken a name that is followed or awaited. */
export function watchFile(file: Followed, by: FollowSettings['by'], cwd: string, changed: () => void): void {
  const before = file.watches
  const path = resolve(cwd, file.operand === '-' ? '/dev/stdin' : file.operand)
  const isNameWatched = by === 'name' || file.open === undefined
  file.watches = [
    ...(isNameWatched ? [watchPath(dirname(path), changed, basename(path))] : []),
    ...(file.open === undefined || file.open.stats.isCharacterDevice() ? [] : [watchPath(path, changed)]),
  ]
  // Only now, so that nothing happens unseen in between.
  for (const watch of before) watch.close()
}

/** Closes what is open. */
export function abandon(file: Followed): void {
  succeed(file)
  succeed(file)
}
