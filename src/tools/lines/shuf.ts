import { fstatSync } from 'node:fs'
import { SystemError, ToolError, UsageError } from '../../base/error.js'
import type { Input, Output } from '../../base/io.js'
import type { Arguments, Occurrence } from '../../base/option.js'
import { quote, quoteFile } from '../../base/quote.js'
import type { Task } from '../../base/task.js'
import { defineTool, type StageIo } from '../../base/tool.js'
import { lines, nothing } from '../../base/type.js'
import { kernel } from '../../kernel/index.js'
import { Holdings } from '../holdings.js'
import { openRandomSource, type RandomSource } from '../random-source.js'
import { parseNumber } from '../size.js'
import { Chance } from './shuf/chance.js'
import {
  type LineTable,
  readLines,
  sampleLines,
  wordLines,
  writeChosenLines,
  writeLines,
} from './shuf/lines.js'
import { chosenNumbers, type Range, writeShuffled, writeNumbers } from './shuf/numbers.js'

interface Settings {
  readonly from:
    | { readonly kind: 'file'; readonly path: string }
    | { readonly kind: 'words'; readonly words: readonly string[] }
    | { readonly kind: 'range'; readonly range: Range }
  /** How many lines come out at most; `Infinity` where that was not said. */
  readonly count: number
  readonly repeat: boolean
  readonly delimiter: number
  readonly output: string | undefined
  readonly randomSource: string | undefined
}

const options = {
  echo: { short: 'e', long: 'echo', help: 'treat each ARG as an input line' },
  inputRange: {
    short: 'i',
    long: 'input-range',
    value: 'LO-HI',
    help: 'treat each number LO through HI as an input line',
  },
  headCount: { short: 'n', long: 'head-count', value: 'COUNT', help: 'output at most COUNT lines' },
  output: { short: 'o', long: 'output', value: 'FILE', help: 'write result to FILE' },
  randomSource: { long: 'random-source', value: 'FILE', help: 'get random bytes from FILE' },
  repeat: { short: 'r', long: 'repeat', help: 'output lines can be repeated' },
  zeroTerminated: { short: 'z', long: 'zero-terminated', help: 'line delimiter is NUL, not newline' },
} as const

export const shuf = defineTool({
  name: 'shuf',
  group: 'lines',
  summary: 'generate random permutations',
  usage: ['[OPTION]... [FILE]', '-e [OPTION]... [ARG]...', '-i LO-HI [OPTION]...'],
  options,
  status: { trouble: 1, meaning: { 0: 'the lines were written', 1: 'trouble' } },
  settle(args): Settings {
    const ranges = args.all('inputRange').map(parseRange)
    if (ranges.length > 1) throw new UsageError('multiple -i options specified', { hint: false })
    const [range] = ranges
    const words = args.has('echo')
    if (words && range !== undefined) throw new UsageError('cannot combine -e and -i options')
    const { operands, operandIndex } = args
    const mostOperands = words ? Infinity : range === undefined ? 1 : 0
    const extra = operands[mostOperands]
    if (extra !== undefined)
      throw new UsageError(`extra operand ${quote(extra)}`, { argument: operandIndex[mostOperands] ?? 0 })
    return {
      from: words
        ? { kind: 'words', words: operands }
        : range === undefined
          ? { kind: 'file', path: operands[0] ?? '-' }
          : { kind: 'range', range },
      count: Math.min(Infinity, ...args.all('headCount').map(parseCount)),
      repeat: args.has('repeat'),
      delimiter: args.has('zeroTerminated') ? 0 : 0x0a,
      output: onlyOne(args, 'output', 'multiple output files specified'),
      randomSource: onlyOne(args, 'randomSource', 'multiple random sources specified'),
    }
  },
  types: ({ from }) => ({ input: from.kind === 'file' ? lines : nothing, output: lines }),
  traits: ({ from, count, repeat }) => ({
    memory: count === Infinity || repeat ? 'all' : 'rows',
    filter: from.kind === 'file' && !repeat,
    ...(count === Infinity ? {} : { atMost: count }),
  }),
  details: [
    'Writes the input lines in a random order, each order as likely. With no FILE, or when FILE is -, it reads standard input.',
    'With -n and an input that is large or of unknown size it keeps no more than COUNT lines in memory. Otherwise it keeps all of them.',
    'The same bytes from --random-source give the same order as they give with GNU shuf.',
  ],
  examples: [
    { about: 'One of the arguments', spec: 'shuf -e -n 1 heads', stdout: 'heads\n' },
    { about: 'The same line again', spec: 'shuf -r -n 2', stdin: 'a\n', stdout: 'a\na\n' },
  ],
  files: ({ from, output }) => ({
    reads: from.kind === 'file' ? [from.path] : [],
    ...(output === undefined ? {} : { writes: [output] }),
  }),
  *run(settings, io) {
    const holdings = new Holdings()
    try {
      yield* settings.from.kind === 'range'
        ? shuffleNumbers(settings.from.range, settings, io, holdings)
        : shuffleLines(settings, io, holdings)
      return 0
    } finally {
      holdings.free()
    }
  },
})

function parseRange({ value = '', argument }: Occurrence): Range {
  const problem = 'invalid input range'
  const [, lowText = '', highText] = /^([^-]*)-(.*)$/s.exec(value) ?? []
  const fail = new UsageError(`${problem}: ${quote(value)}`, { hint: false, argument })
  if (highText === undefined) throw fail
  const low = parseNumber(lowText, { problem, argument })
  const high = parseNumber(highText, { problem, argument })
  // One below the start means no number at all.
  if (high < low - 1n || high - low >= 2n ** 64n - 1n) throw fail
  return { low, high }
}

function parseCount({ value = '', argument }: Occurrence): number {
  if (!/^[ \t\n\v\f\r]*\+?\d+$/.test(value))
    throw new UsageError(`invalid line count: ${quote(value)}`, { hint: false, argument })
  const count = Number(value)
  return Number.isSafeInteger(count) ? count : Infinity
}

function onlyOne(
  args: Arguments<typeof options>,
  key: 'output' | 'randomSource',
  problem: string,
): string | undefined {
  const values = new Set(args.all(key).map(({ value }) => value))
  if (values.size > 1) throw new UsageError(problem, { hint: false })
  return args.value(key)
}

function* shuffleNumbers(range: Range, settings: Settings, io: StageIo, holdings: Holdings): Task<void> {
  const { repeat, delimiter } = settings
  const size = range.high - range.low + 1n
  const count = repeat || settings.count < size ? settings.count : Number(size)
  const source = openSource(settings, io, Number(size))
  try {
    const chance = new Chance(source, holdings, () => io.breathe())
    if (!repeat) {
      const output = (): Output => openOutput(settings, io)
      return yield* writeShuffled(range, count, delimiter, output, { chance, holdings })
    }
    const output = openOutput(settings, io)
    if (size === 0n && count > 0) throw new ToolError('no lines to repeat')
    yield* writeNumbers(output, chosenNumbers(range, count, chance), delimiter)
  } finally {
    source.close()
  }
}

function* shuffleLines(settings: Settings, io: StageIo, holdings: Holdings): Task<void> {
  const { repeat, delimiter } = settings
  const loaded = yield* explained(load(settings, io, holdings))
  const source = openSource(settings, io, 'table' in loaded ? loaded.count : Infinity)
  try {
    const chance = new Chance(source, holdings, () => io.breathe())
    const all =
      'table' in loaded
        ? loaded
        : yield* explained(sampleLines(loaded, delimiter, settings.count, chance, holdings))
    const count = repeat ? settings.count : Math.min(settings.count, all.count)
    if (!repeat)
      yield* chance.runTo(count, (at) =>
        kernel.shuffleEntries(chance.address, all.table, at, count, all.count),
      )
    const output = openOutput(settings, io)
    if (!repeat) yield* writeLines(output, all, count, delimiter, chance)
    else if (all.count > 0) yield* writeChosenLines(output, all, count, delimiter, chance, holdings)
    else if (count > 0) throw new ToolError('no lines to repeat')
  } finally {
    source.close()
  }
}

/** The lines, or the input that they are to be sampled from because it may be too large to hold. */
function* load(settings: Settings, io: StageIo, holdings: Holdings): Task<LineTable | Input> {
  const { from, count, repeat, delimiter } = settings
  if (count === 0 || from.kind === 'range') return wordLines([], holdings)
  if (from.kind === 'words') return wordLines(from.words, holdings)
  const input = openInput(io, from.path)
  const samples = count < Infinity && !repeat && sizeOf(input) > largestHeld
  return samples ? input : yield* readLines(input, delimiter, holdings)
}

/** An input up to this size is read whole also for a few lines; part of what makes a given order GNU's. */
const largestHeld = 8 * 1024 * 1024

function sizeOf({ file }: Input): number {
  return file === undefined ? Infinity : fstatSync(file).size
}

function openInput(io: StageIo, path: string): Input {
  return namingFile(path, () => io.open(path))
}

function openOutput({ output }: Settings, io: StageIo): Output {
  return output === undefined ? io.stdout : namingFile(output, () => io.create(output))
}

/** No file is opened where nothing is to be chosen. */
function openSource({ randomSource, repeat, count }: Settings, io: StageIo, available: number): RandomSource {
  const isNeeded = repeat || Math.min(count, available) > 0
  return openRandomSource(isNeeded ? randomSource : undefined, io.cwd)
}

function namingFile<Result>(path: string, open: () => Result): Result {
  try {
    // The system resolves an empty path to nothing, and Node to the folder.
    if (path === '') throw new SystemError('ENOENT')
    return open()
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new ToolError(`${quoteFile(path)}: ${error.reason}`)
  }
}

function* explained<Result>(reading: Task<Result>): Task<Result> {
  try {
    return yield* reading
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new ToolError(`read error: ${error.reason}`)
  }
}
