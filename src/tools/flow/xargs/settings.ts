import { UsageError } from '../../../base/error.js'
import type { Arguments, Occurrence, OptionTable } from '../../../base/option.js'
import type { Environment } from '../../../base/tool.js'
import { parseDelimiter } from './delimiter.js'
import { argumentLimit, usualSize } from './limits.js'

export interface Settings {
  readonly command: readonly string[]
  /** Where the items come from; `-` is standard input. */
  readonly source: string
  /** The byte between items; undefined where blanks and newlines part them, and quotes hold them together. */
  readonly delimiter: number | undefined
  /** The item that ends the input. */
  readonly end: string | undefined
  /** What stands for the item in the command. */
  readonly placeholder: string | undefined
  /** The most lines, and the most items, of one command. */
  readonly lines: number | undefined
  readonly items: number | undefined
  /** The most bytes of one command: each argument and a byte behind it. */
  readonly size: number
  /** A command that would be too large ends all. */
  readonly exitsAtSize: boolean
  readonly processes: number
  readonly slotVariable: string | undefined
  readonly runsWithoutItems: boolean
  readonly traces: boolean
  readonly showsLimits: boolean
  /** What is said before the start. */
  readonly warnings: readonly string[]
}

export const options = {
  // In the order in which the C library lists them where a name is ambiguous.
  null: { short: '0', long: 'null', help: 'items end with a NUL byte; nothing else is special' },
  argFile: { short: 'a', long: 'arg-file', value: 'FILE', help: 'read items from FILE, not standard input' },
  delimiter: {
    short: 'd',
    long: 'delimiter',
    value: 'CHARACTER',
    help: 'items end with CHARACTER; nothing else is special',
  },
  endString: { short: 'E', value: 'END', help: 'stop at the item END' },
  eof: { short: 'e', long: 'eof', value: 'END', optionalValue: true, help: 'as -E END; without END, no end' },
  replaceString: { short: 'I', value: 'R', help: 'run once a line, with R in the arguments replaced by it' },
  replace: {
    short: 'i',
    long: 'replace',
    value: 'R',
    optionalValue: true,
    help: 'as -I R; R is {} if left out',
  },
  lines: { short: 'L', value: 'MAX-LINES', help: 'at most MAX-LINES nonblank lines a command' },
  maxLines: {
    short: 'l',
    long: 'max-lines',
    value: 'MAX-LINES',
    optionalValue: true,
    help: 'as -L MAX-LINES; 1 if left out',
  },
  maxArgs: { short: 'n', long: 'max-args', value: 'MAX-ARGS', help: 'at most MAX-ARGS items a command' },
  maxChars: { short: 's', long: 'max-chars', value: 'MAX-CHARS', help: 'at most MAX-CHARS bytes a command' },
  openTty: { short: 'o', long: 'open-tty', help: '(refused)', hidden: true },
  maxProcs: {
    short: 'P',
    long: 'max-procs',
    value: 'MAX-PROCS',
    help: 'run up to MAX-PROCS commands at once',
  },
  interactive: { short: 'p', long: 'interactive', help: '(refused)', hidden: true },
  slotVariable: {
    long: 'process-slot-var',
    value: 'VAR',
    help: 'set VAR to a number that no other running command has',
  },
  noRunIfEmpty: { short: 'r', long: 'no-run-if-empty', help: 'run nothing when there are no items' },
  showLimits: { long: 'show-limits', help: 'show the limits on the size of commands' },
  verbose: { short: 't', long: 'verbose', help: 'show each command before it runs' },
  exit: { short: 'x', long: 'exit', help: 'end when a command would be too large' },
} as const satisfies OptionTable

type Key = keyof typeof options

/** Checks the options in their order, as later ones replace earlier ones. Throws `UsageError`. */
export function settle(args: Arguments<typeof options>, env: Environment): Settings {
  const warnings: string[] = []
  let delimiter: number | undefined
  let end: string | undefined
  let [placeholder, lines, items]: [string?, number?, number?] = []
  let size = usualSize(env)
  let processes = 1
  const drop = (previous: string, by: string): void => {
    const names = `${previous} and ${by}`
    warnings.push(`warning: options ${names} are mutually exclusive, ignoring previous ${previous} value`)
  }
  for (const option of args.options) {
    const { key, value } = option
    if (key === 'null') delimiter = 0
    else if (key === 'delimiter') delimiter = parseDelimiter(value ?? '', option.argument)
    else if (key === 'endString' || key === 'eof') end = value === '' ? undefined : value
    else if (key === 'replaceString' || key === 'replace') {
      if (items !== undefined) drop('--max-args', '--replace/-I/-i')
      if (lines !== undefined) drop('--max-lines', '--replace/-I/-i')
      placeholder = value ?? '{}'
      items = lines = undefined
    } else if (key === 'lines' || key === 'maxLines') {
      const by = key === 'lines' ? '-L' : '--max-lines/-l'
      lines = value === undefined ? 1 : parse(key === 'lines' ? 'L' : 'l', option, 1)
      if (items !== undefined) drop('--max-args', by)
      if (placeholder !== undefined) drop('--replace', by)
      items = placeholder = undefined
    } else if (key === 'maxArgs') {
      const count = parse('n', option, 1)
      if (lines !== undefined) drop('--max-lines', '--max-args/-n')
      lines = undefined
      // One item a command is what a placeholder means anyway.
      if (placeholder !== undefined && count === 1) continue
      if (placeholder !== undefined) drop('--replace', '--max-args/-n')
      placeholder = undefined
      items = count
    } else if (key === 'maxProcs') processes = parse('P', option, 0, 2 ** 31 - 1) || Infinity
    else if (key === 'maxChars') size = parseSize(option, env, warnings)
    else if (key === 'interactive' || key === 'openTty') throw needsTerminal(option)
  }
  const slotVariable = args.value('slotVariable')
  if (slotVariable?.includes('=') === true)
    throw new UsageError("option --process-slot-var may not be set to a value which includes `='", {
      hint: false,
    })
  if (delimiter !== undefined && end !== undefined)
    warnings.push('warning: the -E option has no effect if -0 or -d is used.\n')
  return {
    command: args.operands.length === 0 ? ['echo'] : args.operands,
    source: args.value('argFile') ?? '-',
    delimiter,
    end: delimiter === undefined ? end : undefined,
    placeholder,
    lines,
    items,
    size,
    exitsAtSize: args.has('exit') || placeholder !== undefined || lines !== undefined,
    processes,
    slotVariable,
    runsWithoutItems: !args.has('noRunIfEmpty') && placeholder === undefined,
    traces: args.has('verbose'),
    showsLimits: args.has('showLimits'),
    warnings,
  }
}

function parseSize(option: Occurrence<Key>, env: Environment, warnings: string[]): number {
  const size = numberOf('s', option)
  const limit = argumentLimit(env)
  // A size out of range is no error, and the nearest one in range is taken.
  if (size < 1) warnings.push(outOfRange('s', option, '>= 1'))
  if (size > limit) warnings.push(outOfRange('s', option, `<= ${limit}`))
  return Math.min(Math.max(size, 1), limit)
}

function parse(letter: string, option: Occurrence<Key>, minimum: number, maximum = Infinity): number {
  const number = numberOf(letter, option)
  if (number < minimum)
    throw new UsageError(outOfRange(letter, option, `>= ${minimum}`), { argument: option.argument })
  if (number > maximum)
    throw new UsageError(outOfRange(letter, option, `<= ${maximum}`), { argument: option.argument })
  return number
}

function numberOf(letter: string, { value = '', argument }: Occurrence<Key>): number {
  if (/^[ \t\n\v\f\r]*[-+]?\d+$/.test(value)) return Number(value)
  throw new UsageError(`invalid number "${value}" for -${letter} option`, { argument })
}

function outOfRange(letter: string, { value = '' }: Occurrence<Key>, rule: string): string {
  return `value ${value} for -${letter} option should be ${rule}`
}

function needsTerminal({ spelling, argument }: Occurrence<Key>): UsageError {
  return new UsageError(`${spelling} is not supported: a stage does not talk to the terminal`, {
    argument,
    hint: false,
  })
}
