import type { Output } from '../../../base/io.js'
import { kernel } from '../../../kernel/index.js'
import { appendLanded, createLanding, type Landing, landingIn } from './landing.js'
import { levelIn, rankOf } from './level.js'
import type { Log } from './log.js'
import { painter } from './paint.js'
import type { LineFilter, LogtailSettings } from './settings.js'
import { statusIn } from './status.js'
import { timeIn } from './time.js'

/** Puts lines of a log on the output, as the options say. They are whole; only a log's very last one may lack its end. */
export interface View {
  /** Where what it writes is best read to. */
  readonly landing: Landing
  write(lines: Buffer, log: Log): void
}

/** What went out since it was last asked. */
export interface Tally {
  lines: number
  bytes: number
  errors: number
}

export function createView(
  settings: Pick<LogtailSettings, 'filter' | 'prefix'> & { readonly colored: boolean },
  stdout: Output,
  tally: Tally | undefined,
): View {
  const { filter, prefix, colored } = settings
  const wants = lineTest(filter)
  const paint = colored ? painter() : undefined
  // As it is: no line is looked at.
  if (wants === undefined && paint === undefined && !prefix && tally === undefined)
    return { landing: landingIn(stdout), write: (lines) => appendLanded(stdout, lines) }

  const prefixes = new Map<Log, Buffer>()
  const prefixOf = (log: Log): Buffer => {
    const known = prefixes.get(log)
    if (known !== undefined) return known
    const made = Buffer.from(`${log.name}: `)
    prefixes.set(log, made)
    return made
  }
  const isAsItIs = paint === undefined && !prefix

  return {
    landing: createLanding(),
    write(lines, log) {
      const mark = prefix ? prefixOf(log) : undefined
      const text =
        wants !== undefined || paint !== undefined || tally !== undefined ? lines.toString('latin1') : ''
      /** Lines that go out as they are, and so together. */
      let from = 0
      for (let start = 0; start < lines.length;) {
        const newline = kernel.findByte(lines.byteOffset + start, lines.byteOffset + lines.length, 0x0a) >>> 0
        const end = Math.min(newline - lines.byteOffset + 1, lines.length)
        const line = text.slice(start, Math.min(end, start + lookedAt))
        if (wants?.(line, log) === false) {
          if (isAsItIs && from < start) stdout.append(lines.subarray(from, start))
          from = end
        } else {
          if (tally !== undefined) count(tally, line, end - start)
          if (!isAsItIs) {
            if (mark !== undefined) stdout.append(mark)
            stdout.append(
              paint === undefined ? lines.subarray(start, end) : paint(lines.subarray(start, end), line),
            )
          }
        }
        start = end
      }
      if (isAsItIs && from < lines.length) stdout.append(lines.subarray(from))
    },
  }
}

/** How much of a line is searched for what it says: its length is the writer's affair. */
const lookedAt = 4096

function count(tally: Tally, line: string, length: number): void {
  tally.lines++
  tally.bytes += length
  const level = levelIn(line)
  if (level !== undefined && rankOf(level) >= rankOf('error')) tally.errors++
}

/**
 * A test of lines, undefined when all are wanted. A line without a time or a level of its own, as in a stack trace,
 * goes with the line before it in its log.
 */
function lineTest({
  since,
  until,
  level,
  status,
}: LineFilter): ((line: string, log: Log) => boolean) | undefined {
  const tests: ((line: string) => boolean | undefined)[] = []
  if (since !== undefined || until !== undefined)
    tests.push((line) => {
      const time = timeIn(line)
      return time === undefined ? undefined : time >= (since ?? -Infinity) && time <= (until ?? Infinity)
    })
  if (level !== undefined) {
    const least = rankOf(level)
    tests.push((line) => {
      const own = levelIn(line)
      return own === undefined ? undefined : rankOf(own) >= least
    })
  }
  if (status !== undefined) tests.push((line) => status(statusIn(line) ?? 0))
  if (tests.length === 0) return undefined

  const last = new WeakMap<Log, boolean[]>()
  return (line, log) => {
    const before = last.get(log)
    const now = tests.map((test, index) => test(line) ?? before?.[index] ?? false)
    last.set(log, now)
    return now.every(Boolean)
  }
}
