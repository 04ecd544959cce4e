import { UsageError } from '../../../base/error.js'
import type { Arguments, OptionTable } from '../../../base/option.js'
import { quote, quoteFileAlways } from '../../../base/quote.js'
import { choose } from '../../choice.js'
import { maximumInt, parseNumber, sizeUnits } from '../../size.js'

export interface TailSettings {
  readonly files: readonly string[]
  readonly unit: 'lines' | 'bytes'
  /** How many units to print, or to pass over when `fromStart` is set. */
  readonly count: number
  readonly fromStart: boolean
  readonly delimiter: number
  readonly showHeaders: boolean
  readonly presumePipe: boolean
  readonly follow: FollowSettings | undefined
  /** What is said on standard error before the start. */
  readonly warnings: readonly string[]
}

export interface FollowSettings {
  readonly by: 'descriptor' | 'name'
  /** Try to open again what cannot be opened. */
  readonly retry: boolean
  /** Ends when this process has ended. */
  readonly process: number | undefined
  /** Milliseconds between two looks at the files and at the process, where the system tells of no change. */
  readonly interval: number
  readonly useWatcher: boolean
}

export const tailOptions = {
  bytes: {
    short: 'c',
    long: 'bytes',
    value: '[+]NUM',
    help: 'output the last NUM bytes; or use -c +NUM to output starting with byte NUM of each file',
  },
  follow: {
    long: 'follow',
    value: 'name|descriptor',
    optionalValue: true,
    help: "output appended data as the file grows; an absent option argument means 'descriptor'",
  },
  followDescriptor: { short: 'f', help: 'equivalent to --follow=descriptor' },
  followName: { short: 'F', help: 'same as --follow=name --retry' },
  lines: {
    short: 'n',
    long: 'lines',
    value: '[+]NUM',
    help: 'output the last NUM lines, instead of the last 10; or use -n +NUM to output starting with line NUM',
  },
  maxUnchangedStats: {
    long: 'max-unchanged-stats',
    value: 'N',
    help: '(a followed name is looked up at every change and every interval)',
  },
  pid: { long: 'pid', value: 'PID', help: 'with -f, terminate after process ID, PID dies' },
  quiet: { short: 'q', long: ['quiet', 'silent'], help: 'never output headers giving file names' },
  retry: { long: 'retry', help: 'keep trying to open a file if it is inaccessible' },
  sleepInterval: {
    short: 's',
    long: 'sleep-interval',
    value: 'N',
    help: 'with -f, look at files and PID at least every N seconds (default 1.0)',
  },
  verbose: { short: 'v', long: 'verbose', help: 'always output headers giving file names' },
  zeroTerminated: { short: 'z', long: 'zero-terminated', help: 'line delimiter is NUL, not newline' },
  presumePipe: {
    long: '-presume-input-pipe',
    help: 'treat every input as one that cannot seek',
    hidden: true,
  },
  disableWatcher: { long: '-disable-inotify', help: 'look at files every interval only', hidden: true },
  digit: { short: [...'0123456789'], help: 'an obsolete count out of its place', hidden: true },
} as const satisfies OptionTable

export function settleTail(args: Arguments<typeof tailOptions>): TailSettings {
  let unit: TailSettings['unit'] = 'lines'
  let count = 10
  let fromStart = false
  let by: FollowSettings['by'] | undefined
  let retry = false
  let process = 0
  let interval = 1000
  for (const option of args.options) {
    const { key, value = '', spelling, argument } = option
    if (key === 'lines' || key === 'bytes') {
      unit = key
      fromStart ||= value.startsWith('+')
      const problem = `invalid number of ${key}`
      count = Number(parseNumber(value.replace(/^-/, ''), { problem, units: sizeUnits, argument }))
    } else if (key === 'followDescriptor') by = 'descriptor'
    else if (key === 'followName') [by, retry] = ['name', true]
    else if (key === 'follow') by = followMode(option.value, argument)
    else if (key === 'retry') retry = true
    else if (key === 'sleepInterval') interval = parseSeconds(value, argument) * 1000
    else if (key === 'pid')
      process = Number(parseNumber(value, { problem: 'invalid PID', maximum: maximumInt, argument }))
    else if (key === 'maxUnchangedStats')
      parseNumber(value, { problem: 'invalid maximum number of unchanged stats between opens', argument })
    else if (key === 'digit')
      throw new UsageError(`option used in invalid context -- ${spelling.slice(1)}`, {
        hint: false,
        argument,
      })
  }
  const files = args.operands.length === 0 ? ['-'] : args.operands
  if (by === 'name' && files.includes('-'))
    throw new UsageError(`cannot follow ${quoteFileAlways('-')} by name`, { hint: false })
  const header = args.last('quiet', 'verbose')?.key
  return {
    files,
    unit,
    count: fromStart ? Math.max(count - 1, 0) : count,
    fromStart,
    delimiter: args.has('zeroTerminated') ? 0 : 0x0a,
    showHeaders: header === undefined ? args.operands.length > 1 : header === 'verbose',
    presumePipe: args.has('presumePipe'),
    follow:
      by === undefined
        ? undefined
        : {
            by,
            retry,
            process: process === 0 ? undefined : process,
            interval,
            useWatcher: !args.has('disableWatcher'),
          },
    warnings: warningsFor(by, retry, process),
  }
}

function warningsFor(by: FollowSettings['by'] | undefined, retry: boolean, process: number): string[] {
  const warnings: string[] = []
  if (retry && by === undefined)
    warnings.push('warning: --retry ignored; --retry is useful only when following')
  if (retry && by === 'descriptor') warnings.push('warning: --retry only effective for the initial open')
  if (process !== 0 && by === undefined)
    warnings.push('warning: PID ignored; --pid=PID is useful only when following')
  return warnings
}

function followMode(value: string | undefined, argument: number): FollowSettings['by'] {
  return value === undefined ? 'descriptor' : choose('--follow', value, ['descriptor', 'name'], argument)
}

function parseSeconds(text: string, argument: number): number {
  const isNumber = /^[ \t\n\v\f\r]*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)
  const seconds = /^\+?inf(inity)?$/i.test(text) ? Infinity : isNumber ? Number(text) : NaN
  if (seconds >= 0) return seconds
  throw new UsageError(`invalid number of seconds: ${quote(text)}`, { hint: false, argument })
}
