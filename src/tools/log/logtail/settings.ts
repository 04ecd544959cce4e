import { UsageError } from '../../../base/error.js'
import type { Arguments, OptionTable } from '../../../base/option.js'
import { quote } from '../../../base/quote.js'
import { choose } from '../../choice.js'
import { durationOption } from '../../duration.js'
import { type Level, levelNamed, levels } from './level.js'
import type { Beginning } from './log.js'
import { parseStatuses } from './status.js'
import { parseTime } from './time.js'

export interface LogtailSettings {
  readonly operands: readonly string[]
  readonly beginning: Beginning
  readonly rotated: boolean
  readonly follow: boolean
  readonly checkpoint: string | undefined
  /** Milliseconds after which a last line goes out without its end. */
  readonly flushTimeout: number | undefined
  /** Milliseconds between two looks where the system tells of nothing. */
  readonly interval: number
  readonly filter: LineFilter
  readonly prefix: boolean
  readonly color: 'auto' | 'always' | 'never'
  /** Milliseconds between two lines of statistics. */
  readonly stats: number | undefined
}

/** Which lines go out. */
export interface LineFilter {
  readonly since: number | undefined
  readonly until: number | undefined
  readonly level: Level | undefined
  readonly status: ((status: number) => boolean) | undefined
}

export const logtailOptions = {
  checkpoint: {
    long: 'checkpoint',
    value: 'FILE',
    help: 'keep in FILE how far each log was read, and go on there the next time',
  },
  color: {
    long: ['color', 'colour'],
    value: 'WHEN',
    optionalValue: true,
    help: "colour lines by status and level; WHEN is 'always', 'never', or 'auto' (at a terminal, the default)",
  },
  flushTimeout: {
    long: 'flush-timeout',
    value: 'TIME',
    help: 'write a last line that did not end for TIME as it is, with a line end',
  },
  from: {
    long: 'from',
    value: 'start|end|N',
    help: "begin at the start, at the end, or with the last N lines of the files that are there (default 'end'; 'start' with --no-follow, --rotated or --since)",
  },
  interval: {
    long: 'interval',
    value: 'TIME',
    help: 'look at the files every TIME also when the system tells of no change (default 1s)',
  },
  level: { long: 'level', value: 'LEVEL', help: `only lines of at least LEVEL: ${levels.join(', ')}` },
  noFollow: { long: 'no-follow', help: 'end at the end of the files' },
  prefix: { long: 'prefix', help: "begin each line with its file's name" },
  rotated: {
    long: 'rotated',
    help: 'read rotated and compressed predecessors first (app.log.2.gz, app.log.1)',
  },
  since: { long: 'since', value: 'WHEN', help: 'only lines written at WHEN or later' },
  stats: {
    long: 'stats',
    value: 'N',
    help: 'every N seconds, write a line about rate and errors to standard error',
  },
  status: { long: 'status', value: 'LIST', help: 'only lines with these HTTP statuses: 5xx,404,400-418' },
  until: { long: 'until', value: 'WHEN', help: 'only lines written at WHEN or earlier' },
} as const satisfies OptionTable

export function settleLogtail(args: Arguments<typeof logtailOptions>): LogtailSettings {
  if (args.operands.length === 0) throw new UsageError('missing file operand')
  for (const [index, operand] of args.operands.entries())
    if (operand === '-')
      throw new UsageError('standard input has no end to wait for: read it with cat', {
        argument: args.operandIndex[index] ?? 0,
      })
  const rotated = args.has('rotated')
  const follow = !args.has('noFollow')
  let beginning: Beginning = follow && !rotated && !args.has('since') ? 0 : 'start'
  const filter: { -readonly [Key in keyof LineFilter]: LineFilter[Key] } = {
    since: undefined,
    until: undefined,
    level: undefined,
    status: undefined,
  }
  let flushTimeout: number | undefined
  let interval = 1000
  let stats: number | undefined
  let color: LogtailSettings['color'] = 'auto'
  for (const { key, value = '', argument, ...option } of args.options) {
    const invalid = (problem: string): never => {
      throw new UsageError(`${problem}: ${quote(value)}`, { argument })
    }
    if (key === 'from') {
      beginning = parseBeginning(value) ?? invalid('neither start, end nor a number of lines')
      if (rotated && beginning !== 'start')
        throw new UsageError('--rotated begins at the start: leave --from out', { argument })
    } else if (key === 'since' || key === 'until') filter[key] = parseTime(value) ?? invalid('invalid time')
    else if (key === 'level') filter.level = levelNamed(value) ?? invalid('invalid level')
    else if (key === 'status') filter.status = parseStatuses(value) ?? invalid('invalid list of statuses')
    else if (key === 'flushTimeout') flushTimeout = durationOption('--flush-timeout', value, argument)
    else if (key === 'interval') interval = Math.max(durationOption('--interval', value, argument), 1)
    else if (key === 'stats') stats = durationOption('--stats', value, argument) || invalid('invalid time')
    else if (key === 'color')
      color = value === '' ? 'always' : choose(option.spelling, value, ['always', 'never', 'auto'], argument)
  }
  return {
    operands: args.operands,
    beginning,
    rotated,
    follow,
    checkpoint: args.value('checkpoint'),
    flushTimeout,
    interval,
    filter,
    prefix: args.has('prefix'),
    color,
    stats,
  }
}

function parseBeginning(text: string): Beginning | undefined {
  if (text === 'start') return text
  if (text === 'end') return 0
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined
}
