import { bytesOf } from '../../../base/bytes.js'
import { SystemError, ToolError, UsageError } from '../../../base/error.js'
import type { Arguments, Occurrence } from '../../../base/option.js'
import { quote, quoteFile, quoteFileAlways } from '../../../base/quote.js'
import type { SettleContext } from '../../../base/tool.js'
import { choose } from '../../choice.js'
import { parseKey, parseObsoleteStart, withObsoleteEnd } from './keydef.js'
import type { options } from './options.js'
import {
  checkCompatible,
  incompatible,
  inherit,
  type Key,
  lettersOf,
  noOptions,
  type Ordering,
  readLetters,
  wholeLine,
} from './ordering.js'
import { parseCount, parseSize } from './size.js'

export interface Settings {
  readonly files: readonly string[]
  readonly task: 'sort' | 'merge' | 'check' | 'check quietly'
  readonly ordering: Ordering
  readonly output: string | undefined
  /** Bytes of memory, where given. */
  readonly bufferSize: number | undefined
  /** How many inputs are merged at once, where given. */
  readonly batchSize: number | undefined
  /** Where temporary files go, in turn; empty: where the stage says. */
  readonly temporaryFolders: readonly string[]
  /** Where the bytes come from that decide a random order, where one is asked for. */
  readonly randomSource: string | undefined
  readonly debug: boolean
}

type SortArguments = Arguments<typeof options>

/** Throws `UsageError` and `ToolError` in GNU's words. */
export function settle(args: SortArguments, context: SettleContext): Settings {
  const task = taskOf(args)
  for (const { key, value = '', spelling, argument } of args.options) {
    if (key === 'parallel' && parseCount(value, spelling, argument) === 0)
      throw new UsageError('number in parallel must be nonzero', { hint: false, argument })
    if (key === 'compressProgram') {
      const help = 'leave it out: temporary files hold plain text and are gone with the process'
      throw new UsageError('--compress-program is not supported', { argument, help })
    }
  }
  const settings = {
    task,
    output: onlyOne(args.all('output'), 'multiple output files specified'),
    bufferSize: largest(args.all('bufferSize').map(toSize)),
    batchSize: args
      .all('batchSize')
      .map((occurrence) => toBatchSize(occurrence, context))
      .at(-1),
    temporaryFolders: args.all('temporaryDirectory').map(({ value = '' }) => value),
    randomSource: onlyOne(args.all('randomSource'), 'multiple random sources specified'),
    debug: args.has('debug'),
    ordering: orderingOf(args),
    files: filesOf(args, context),
  }
  for (const key of settings.ordering.keys) checkCompatible(key)
  const letter = task === 'check' ? 'c' : task === 'check quietly' ? 'C' : undefined
  if (settings.debug && (letter !== undefined || settings.output !== undefined))
    throw incompatible(`${letter ?? 'o'} --debug`)
  if (letter !== undefined) {
    const [, second] = settings.files
    if (second !== undefined)
      throw new ToolError(`extra operand ${quoteFileAlways(second)} not allowed with -${letter}`)
    if (settings.output !== undefined) throw incompatible(`${letter}o`)
  }
  return settings
}

function taskOf(args: SortArguments): Settings['task'] {
  const checks = args.options.flatMap(({ key, value, argument }) => {
    if (key === 'checkQuietly') return ['check quietly'] as const
    if (key === 'checkAloud') return ['check'] as const
    if (key !== 'check') return []
    const how = choose(
      '--check',
      value ?? 'diagnose-first',
      [['quiet', 'silent'], 'diagnose-first'],
      argument,
    )
    return [how === 'quiet' ? 'check quietly' : 'check'] as const
  })
  const [check] = checks
  if (check === undefined) return args.has('merge') ? 'merge' : 'sort'
  if (checks.some((other) => other !== check)) throw incompatible('cC')
  return check
}

function orderingOf(args: SortArguments): Ordering {
  let global = noOptions
  let tab: number | undefined
  const keys: Key[] = []
  for (const { key, value = '', argument } of args.options) {
    if (key === 'key') keys.push(parseKey(value, argument))
    else if (key === 'obsoleteKey') keys.push(...obsoleteKey(value, argument))
    else if (key === 'fieldSeparator') {
      const byte = parseTab(value, argument)
      if (tab !== undefined && tab !== byte)
        throw new UsageError('incompatible tabs', { hint: false, argument })
      tab = byte
    } else {
      const letter = key === 'sort' ? words[chooseWord(value, argument)] : letters[key]
      if (letter !== undefined) ({ options: global } = readLetters(letter, global, 'both'))
    }
  }
  const isGlobalOnly = keys.length === 0 && lettersOf({ ...global, reverse: false }) !== ''
  return {
    keys: isGlobalOnly ? [{ ...wholeLine, ...global }] : keys.map((key) => inherit(key, global)),
    global,
    isGlobalOnly,
    tab,
    delimiter: args.has('zeroTerminated') ? 0 : 0x0a,
    stable: args.has('stable'),
    unique: args.has('unique'),
  }
}

const letters: Readonly<Partial<Record<keyof typeof options, string>>> = {
  ignoreLeadingBlanks: 'b',
  dictionaryOrder: 'd',
  ignoreCase: 'f',
  generalNumericSort: 'g',
  humanNumericSort: 'h',
  ignoreNonprinting: 'i',
  monthSort: 'M',
  numericSort: 'n',
  randomSort: 'R',
  reverse: 'r',
  versionSort: 'V',
}

const words = {
  'general-numeric': 'g',
  'human-numeric': 'h',
  month: 'M',
  numeric: 'n',
  random: 'R',
  version: 'V',
} as const

function chooseWord(text: string, argument: number): keyof typeof words {
  return choose(
    '--sort',
    text,
    ['general-numeric', 'human-numeric', 'month', 'numeric', 'random', 'version'],
    argument,
  )
}

function obsoleteKey(text: string, argument: number): readonly Key[] {
  const [start = '', end] = text.split(' ')
  const key = parseObsoleteStart(start)
  if (key === undefined) return []
  return [end === undefined ? key : withObsoleteEnd(key, end, argument)]
}

function parseTab(text: string, argument: number): number {
  const fail = (message: string): UsageError => new UsageError(message, { hint: false, argument })
  const bytes = bytesOf(text)
  const [byte] = bytes
  if (byte === undefined) throw fail('empty tab')
  if (bytes.length === 1) return byte
  if (text === '\\0') return 0
  throw fail(`multi-character tab ${quote(text)}`)
}

function toSize({ value = '', spelling, argument }: Occurrence): number {
  return parseSize(value, spelling, argument)
}

function toBatchSize({ value = '', spelling, argument }: Occurrence, context: SettleContext): number {
  const size = parseCount(value, spelling, argument)
  const fail = (problem: string, bound: string): never => {
    throw new UsageError(`${problem}\nsort: ${bound}`, { hint: false, argument })
  }
  if (size < 2)
    return fail(`invalid ${spelling} argument ${quote(value)}`, `minimum ${spelling} argument is '2'`)
  // The standard streams are open besides.
  const most = openFilesLimit(context) - 3
  if (size > most) {
    const bound = `maximum ${spelling} argument with current rlimit is ${most}`
    return fail(`${spelling} argument ${quote(value)} too large`, bound)
  }
  return size
}

/** How many files this process may have open (proc(5), /proc/pid/limits); endless where that cannot be known. */
function openFilesLimit(context: SettleContext): number {
  try {
    const limits = context.readFile('/proc/self/limits').toString('latin1')
    return Number(/^Max open files +(\d+)/m.exec(limits)?.[1] ?? Infinity)
  } catch {
    return Infinity
  }
}

function largest(sizes: readonly number[]): number | undefined {
  return sizes.length === 0 ? undefined : Math.max(...sizes)
}

function onlyOne(occurrences: readonly Occurrence[], problem: string): string | undefined {
  const [first] = occurrences
  const other = occurrences.find(({ value }) => value !== first?.value)
  if (other !== undefined) throw new UsageError(problem, { hint: false, argument: other.argument })
  return first?.value
}

function filesOf(args: SortArguments, context: SettleContext): readonly string[] {
  const list = args.all('files0From').at(-1)
  if (list?.value === undefined) return args.operands.length === 0 ? ['-'] : args.operands
  const { value: path, argument } = list
  const [operand] = args.operands
  if (operand !== undefined) {
    const problem = `extra operand ${quoteFileAlways(operand)}`
    const [index = argument] = args.operandIndex
    throw new UsageError(`${problem}\nfile operands cannot be combined with --files0-from`, {
      argument: index,
    })
  }
  const files = readNames(path, context)
  if (files.length === 0) throw new ToolError(`no input from ${quoteFileAlways(path)}`)
  for (const [index, file] of files.entries()) {
    if (file === '-')
      throw new ToolError(
        `when reading file names from stdin, no file name of ${quoteFileAlways(file)} allowed`,
      )
    if (file === '') throw new ToolError(`${quoteFile(path)}:${index + 1}: invalid zero-length file name`)
  }
  return files
}

function readNames(path: string, context: SettleContext): readonly string[] {
  try {
    const text = context.readFile(path).toString()
    return text === '' ? [] : text.replace(/\0$/, '').split('\0')
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    if (error.code === 'EISDIR') throw new ToolError(`cannot read file names from ${quoteFileAlways(path)}`)
    throw new ToolError(`open failed: ${quoteFile(path)}: ${error.reason}`)
  }
}
