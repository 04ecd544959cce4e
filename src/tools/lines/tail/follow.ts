import { Closed } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { createAlarm } from '../../follow/alarm.js'
import { abandon, type Followed, lookAgain, newBytes, succeed, watchFile } from './followed.js'
import type { FollowSettings } from './settings.js'

/**
 * Prints what is added to the files, as it is added, until the watched process ends, the reader goes, or no file
 * is left. Returns false for the last of these.
 */
export function* follow(
  files: readonly Followed[],
  settings: FollowSettings,
  header: ((name: string) => void) | undefined,
  io: StageIo,
): Task<boolean> {
  const { stdout, stderr } = io
  const alarm = createAlarm()
  const timer = setInterval(alarm.ring, Math.min(Math.max(settings.interval, 1), longestDelay))
  stdout.closing.subscribe(alarm.ring)
  let printedLast = files.at(-1)
  try {
    if (settings.useWatcher)
      for (const file of files) if (!file.isGivenUp) watchFile(file, settings.by, io.cwd, alarm.ring)
    for (;;) {
      // Asked before the files are read: what the process wrote last is then still printed.
      const isOver = settings.process !== undefined && !isAlive(settings.process)
      for (const file of files) {
        if (file.isGivenUp) continue
        yield* print(file)
        if (file.open !== undefined && settings.by === 'descriptor') continue
        lookAgain(file, settings, io)
        if (file.successor === undefined) continue
        // Once more the old one: its writer may have added to it up to the moment that the new one had the name.
        yield* print(file)
        succeed(file)
        if (settings.useWatcher) watchFile(file, settings.by, io.cwd, alarm.ring)
        yield* print(file)
      }
      if (!files.some((file) => isExpected(file, settings))) {
        io.warn('no files remaining')
        return false
      }
      yield* stderr.flush()
      if (isOver) return true
      yield* alarm.wait()
      if (stdout.closed) throw new Closed()
    }
  } finally {
    clearInterval(timer)
    for (const file of files) {
      for (const watch of file.watches) watch.close()
      abandon(file)
    }
  }

  function* print(file: Followed): Task<void> {
    for (const bytes of newBytes(file, io)) {
      if (file !== printedLast) header?.(file.name)
      printedLast = file
      stdout.append(bytes)
      yield* stdout.flush()
    }
  }
}

/** The longest delay that timers take, in milliseconds. */
const longestDelay = 2 ** 31 - 1

/** Whether anything can still come of a file. */
function isExpected(file: Followed, { by, retry }: FollowSettings): boolean {
  if (retry && by === 'name') return true
  return file.open !== undefined || (retry && !file.isGivenUp)
}

function isAlive(process_: number): boolean {
  try {
    return process.kill(process_, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
