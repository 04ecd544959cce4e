import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { reasonFor } from '../../../base/error.js'
import { batchSize, Closed } from '../../../base/io.js'
import { quoteFile } from '../../../base/quote.js'
import { type Task, until } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { createAlarm } from '../../follow/alarm.js'
import { delay } from '../../net/delay.js'
import { openCheckpoint } from './checkpoint.js'
import { closeFile, type LogFile, restOf } from './file.js'
import { type Log, newLog, progressOf } from './log.js'
import { logOperands } from './operands.js'
import { type Press, printLog, printRests, printUnfinished } from './print.js'
import type { LogtailSettings } from './settings.js'
import { createReport } from './stats.js'
import { createView } from './view.js'
import { createWatches } from './watches.js'

/** Milliseconds between two looks while a log grows: its lines go out together then. */
const pace = 1

/** The most bytes between two writings of the checkpoint, but for longer lines; it is written whenever all is read. */
const savedBatch = 1024 * 1024

/** How long an interrupted run may take to put out what was read, in milliseconds. */
const grace = 80

/** Prints logs until it is asked to end, or to the end of what there is; returns whether all could be read. */
export function* printLogs(settings: LogtailSettings, io: StageIo): Task<boolean> {
  const { stdout, stopping } = io
  const operands = logOperands(settings.operands, io.cwd)
  const checkpoint =
    settings.checkpoint === undefined ? undefined : openCheckpoint(settings.checkpoint, io.cwd)
  const logs = new Map<string, Log>()
  const due = new Set<Log>()
  const refused = new Set<string>()
  /** Second names of logs. */
  const others = new Map<string, string>()
  let isFine = true
  let isListStale = true
  /** Bytes that went out in this round, and since the checkpoint was written. */
  let printed = 0
  let unsaved = 0

  const alarm = createAlarm()
  const watches = createWatches((path) => {
    const log = path === undefined ? undefined : logs.get(path)
    if (log !== undefined) due.add(log)
    else if (operands.hasPatterns) isListStale = true
    else return
    alarm.ring()
  })
  const timer = setInterval(() => {
    for (const log of logs.values()) due.add(log)
    isListStale = operands.hasPatterns
    alarm.ring()
  }, settings.interval)
  const report = settings.stats === undefined ? undefined : createReport(settings.stats, io)
  const colored = settings.color === 'auto' ? io.stdoutIsTerminal : settings.color === 'always'
  const press: Press = {
    io,
    view: createView({ ...settings, colored }, stdout, report?.tally),
    refuse,
    wentOut: keepPlace,
  }
  const unheed = stopping.heed(grace)
  stopping.signal.subscribe(alarm.ring)
  stdout.closing.subscribe(alarm.ring)

  try {
    for (let isFirst = true; ; isFirst = false) {
      if (isListStale) findLogs(isFirst)
      let hasMore = false
      printed = 0
      for (const log of [...due]) {
        if (stopping.isRequested) break
        due.delete(log)
        const before = log.files.at(-1)
        if (yield* printLog(log, press)) {
          due.add(log)
          hasMore = true
        } else yield* flushOverdue(log)
        if (settings.follow && before !== log.files.at(-1)) {
          watches.watchLog(log.path)
          // Once more: it may have grown before it was watched.
          due.add(log)
          alarm.ring()
        }
      }
      if (isFirst || unsaved > 0) save()
      if (stopping.isRequested) return isFine
      if (!settings.follow && !hasMore) break
      const paused = performance.now()
      if (!hasMore) yield* alarm.wait()
      if (stdout.closed) throw new Closed()
      if (printed >= batchSize) yield* nextTurn()
      else if (performance.now() - paused < pace) yield* delay(pace)
    }
    // A last line that has not ended is left for the next time, where there is one.
    for (const log of logs.values()) yield* printRests(log, checkpoint === undefined, press)
    return isFine
  } finally {
    if (unsaved > 0) save()
    unheed()
    clearInterval(timer)
    report?.end()
    watches.close()
    press.view.landing.free()
    for (const { files } of logs.values()) for (const file of files) closeFile(file)
  }

  /** Adds the logs that have come; those that come later are read from their start. */
  function findLogs(isFirst: boolean): void {
    isListStale = false
    for (const folder of operands.folders) watches.watchFolder(folder)
    const followed = new Set([...logs.values()].flatMap(({ files }) => files.map(identityOf)))
    for (const name of operands.names()) {
      const path = resolve(io.cwd, name)
      if (logs.has(path)) continue
      // A pattern also gives links to logs, and what they were renamed to.
      const identity = operands.hasPatterns ? identityAt(path) : undefined
      if (identity !== undefined && (followed.has(identity) || others.get(path) === identity)) {
        others.set(path, identity)
        continue
      }
      if (identity !== undefined) followed.add(identity)
      const log = newLog(path, name, {
        progress: checkpoint?.progressOf(path),
        beginning: isFirst ? settings.beginning : 'start',
        rotated: settings.rotated,
      })
      logs.set(path, log)
      due.add(log)
      if (settings.follow) watches.watchLog(path)
    }
  }

  /** Puts out last lines that have waited for their end long enough. */
  function* flushOverdue(log: Log): Task<void> {
    const { flushTimeout } = settings
    const live = log.files.at(-1)
    if (flushTimeout === undefined || live === undefined || restOf(live).length === 0) return
    const left = live.grown + flushTimeout - performance.now()
    if (left <= 0) return yield* printUnfinished(log, live, press)
    setTimeout(() => {
      due.add(log)
      alarm.ring()
    }, left).unref()
  }

  function keepPlace(bytes: number): void {
    printed += bytes
    unsaved += bytes
    if (unsaved >= savedBatch) save()
  }

  function save(): void {
    unsaved = 0
    checkpoint?.save(new Map([...logs.values()].map((log) => [log.path, progressOf(log)])))
  }

  /** Says once why a file cannot be read. What is not there yet may come, where it is waited for. */
  function refuse(name: string, code: string): void {
    isFine &&= code === 'ENOENT' && settings.follow
    if (refused.has(`${code} ${name}`)) return
    refused.add(`${code} ${name}`)
    const reason = code === 'not a file' ? 'not a regular file' : reasonFor(code)
    io.warn(`${quoteFile(name)}: ${reason}${code === 'ENOENT' && settings.follow ? '; waiting for it' : ''}`)
  }
}

function identityOf({ device, inode }: LogFile): string {
  return `${device} ${inode}`
}

function identityAt(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats === undefined ? undefined : `${stats.dev} ${stats.ino}`
}

/** Lets the event loop have its turn. */
function* nextTurn(): Task<void> {
  yield* until(new Promise<void>((resolve) => setImmediate(resolve)))
}
