import { closeSync } from 'node:fs'
import { quoteFile } from '../../../base/quote.js'
import type { Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { expandArchive } from './archive.js'
import { behind, type LogFile, nextLines, restOf, startAt } from './file.js'
import { finish, type Log, lookUp, nameOf, readAnew, type Refuse, settle } from './log.js'
import type { View } from './view.js'

/** What logs are printed with. */
export interface Press {
  readonly io: StageIo
  readonly view: View
  readonly refuse: Refuse
  /** Called when so many bytes that were read have gone out. */
  readonly wentOut: (bytes: number) => void
}

/** Bytes of one file after which the others get their turn. */
const turn = 16 * 1024 * 1024

/** How long a renamed file is followed without growing, in milliseconds: its writer may not have noticed. */
const renamedPatience = 60_000

/** How many files of one log are followed at once. */
const mostFiles = 9

/** Prints what there is of a log now, file after file; returns whether there is more, or it was asked to stop. */
export function* printLog(log: Log, press: Press): Task<boolean> {
  do {
    for (let at = 0; at < log.files.length;) {
      const file = log.files[at]
      if (file === undefined) break
      const end = yield* printFile(log, file, press)
      if (end === 'more') return true
      if (end === 'truncated') readAnew(log, file, press.refuse)
      if (end !== 'end') {
        at = 0
        continue
      }
      if (file.offset > 0) leaveCopiesBefore(log, file)
      const next = log.files[log.files.indexOf(file) + 1]
      if (next !== undefined) yield* handOver(log, file, next, press)
      at = next === undefined ? log.files.length : log.files.indexOf(next)
    }
  } while (lookUp(log, press.refuse))
  return false
}

/** Prints what the files of a log end with after their last whole line, the last of them as it is or not at all. */
export function* printRests(log: Log, withLast: boolean, press: Press): Task<void> {
  for (const file of [...log.files]) {
    const rest = restOf(file)
    const isLast = file === log.files.at(-1)
    if (rest.length > 0 && (!isLast || withLast))
      yield* put(log, file, rest, isLast ? rest : asLine(rest), press)
  }
}

/** Prints a last line that has not ended, as if it had. */
export function* printUnfinished(log: Log, file: LogFile, press: Press): Task<void> {
  const rest = restOf(file)
  yield* put(log, file, rest, asLine(rest), press)
  file.isCut = true
}

function* printFile(log: Log, file: LogFile, press: Press): Task<'end' | 'more' | 'truncated' | 'overtaken'> {
  if (file.isPacked) yield* unpack(log, file, press)
  for (let printed = 0; printed < turn && !press.io.stopping.isRequested;) {
    const lines = nextLines(file, press.view.landing)
    if (typeof lines === 'string') return lines
    if (!file.isSettled && settle(log, file, press.refuse)) return 'overtaken'
    const isEndOfCut = file.isCut && lines[0] === 0x0a
    printed += lines.length
    yield* put(log, file, lines, isEndOfCut ? lines.subarray(1) : lines, press)
  }
  return 'more'
}

/** Goes over from a file that was read to its end to the next one. */
function* handOver(log: Log, file: LogFile, next: LogFile, press: Press): Task<void> {
  const rest = restOf(file)
  if (file.isCopy) {
    // The rest of the line is what its writer wrote after the copy was made.
    if (next.offset === 0) next.before = rest
    if (next.offset === 0 && rest.length > 0) return
  } else {
    const isPatient = performance.now() - file.grown < renamedPatience && log.files.length <= mostFiles
    if (isPatient) return
    if (rest.length > 0) yield* put(log, file, rest, asLine(rest), press)
  }
  finish(log, file)
}

/** What copies ended with went out with the first line of the file behind them. */
function leaveCopiesBefore(log: Log, file: LogFile): void {
  for (const older of log.files.slice(0, log.files.indexOf(file))) if (older.isCopy) finish(log, older)
}

/** Puts out `shown` for the bytes `read` of a file, and counts them as read when they are out. */
function* put(
  log: Log,
  file: LogFile,
  read: Buffer,
  shown: Buffer,
  { io, view, wentOut }: Press,
): Task<void> {
  const after = behind(file, read)
  view.write(shown, log)
  yield* io.stdout.flush()
  Object.assign(file, after)
  wentOut(read.length)
}

function* unpack(log: Log, file: LogFile, { io }: Press): Task<void> {
  const packed = file.descriptor
  file.descriptor = yield* expandArchive(packed, io.temporaryFolder(), (reason) =>
    io.warn(`${quoteFile(nameOf(log, file.path))}: ${reason}`),
  )
  closeSync(packed)
  file.isPacked = false
  startAt(file, file.offset)
}

const lineEnd = Buffer.from('\n')

function asLine(rest: Buffer): Buffer {
  return Buffer.concat([rest, lineEnd])
}
