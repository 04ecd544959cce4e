import { SystemError, UsageError } from '../../base/error.js'
import type { Input } from '../../base/io.js'
import { quoteFileAlways } from '../../base/quote.js'
import type { Task } from '../../base/task.js'
import { defineTool, type StageIo } from '../../base/tool.js'
import { bytes, lines } from '../../base/type.js'
import { readsFiles } from '../operands.js'
import { extentOf, startOfLast } from '../extent.js'
import { headers } from '../headers.js'
import { RecentBytes } from '../recent.js'
import { maximumSigned, maximumUnsigned, parseNumber, sizeUnits } from '../size.js'
import { byteUnit, recordUnit, type Unit } from '../unit.js'

interface Settings {
  readonly files: readonly string[]
  readonly unit: 'lines' | 'bytes'
  readonly count: number
  /** Print all but the last `count` units. */
  readonly allBut: boolean
  readonly delimiter: number
  readonly showHeaders: boolean
  readonly presumePipe: boolean
}

export const head = defineTool({
  name: 'head',
  group: 'lines',
  summary: 'output the first part of files',
  usage: ['[OPTION]... [FILE]...'],
  options: {
    bytes: {
      short: 'c',
      long: 'bytes',
      value: '[-]NUM',
      help: "print the first NUM bytes of each file; with a leading '-', all but the last NUM bytes",
    },
    lines: {
      short: 'n',
      long: 'lines',
      value: '[-]NUM',
      help: "print the first NUM lines instead of 10; with a leading '-', all but the last NUM lines",
    },
    quiet: { short: 'q', long: ['quiet', 'silent'], help: 'never print headers giving file names' },
    verbose: { short: 'v', long: 'verbose', help: 'always print headers giving file names' },
    zeroTerminated: { short: 'z', long: 'zero-terminated', help: 'line delimiter is NUL, not newline' },
    presumePipe: {
      long: '-presume-input-pipe',
      help: 'treat every input as one that cannot seek',
      hidden: true,
    },
    digit: { short: [...'0123456789'], help: 'an obsolete count out of its place', hidden: true },
  },
  syntax: { obsolete: modernize },
  status: { trouble: 1, meaning: { 0: 'all files were printed', 1: 'a file could not be read' } },
  settle(args): Settings {
    let unit: Settings['unit'] = 'lines'
    let count = 10
    let allBut = false
    for (const { key, value = '', spelling, argument } of args.options) {
      if (key === 'digit')
        throw new UsageError(`invalid trailing option -- ${spelling.slice(1)}`, { argument })
      if (key !== 'bytes' && key !== 'lines') continue
      unit = key
      allBut = value.startsWith('-')
      count = Number(
        parseNumber(allBut ? value.slice(1) : value, {
          problem: `invalid number of ${key}`,
          units: sizeUnits,
          maximum: allBut && key === 'bytes' ? maximumSigned : maximumUnsigned,
          argument,
        }),
      )
    }
    const header = args.last('quiet', 'verbose')?.key
    return {
      files: args.operands,
      unit,
      count,
      allBut,
      delimiter: args.has('zeroTerminated') ? 0 : 0x0a,
      showHeaders: header === undefined ? args.operands.length > 1 : header === 'verbose',
      presumePipe: args.has('presumePipe'),
    }
  },
  // What files hold is not known: scripts have archives behind their last line.
  types: ({ unit, files }) => ({
    input: unit === 'lines' ? lines : bytes,
    output: unit === 'lines' && readsFiles(files) ? bytes : lines,
  }),
  traits(settings) {
    const { allBut, unit, count, delimiter, showHeaders, files } = settings
    const isPrefix = !allBut && unit === 'lines' && !showHeaders && files.length <= 1
    return {
      memory: allBut ? 'rows' : 'stream',
      filter: unit === 'lines' && !showHeaders,
      keepsOrder: true,
      pure: true,
      ...(isPrefix ? { atMost: count, slice: { which: 'first', count, delimiter } } : {}),
    }
  },
  details: [
    'Prints the first 10 lines of each FILE. With more than one FILE, a header with its name stands before each. With no FILE, or when FILE is -, it reads standard input.',
    'It reads no more than it needs: what stands behind stays unread for the next command that shares the input.',
    'NUM may have a unit: b 512, kB 1000, K 1024, MB 1000*1000, M 1024*1024, and so on for G, T, P, E, Z, Y; KiB is K.',
    'The obsolete form -NUM[bkm][cqv] is accepted as the first argument.',
  ],
  examples: [
    { about: 'The first two lines', spec: 'head -n 2', stdin: 'a\nb\nc\n', stdout: 'a\nb\n' },
    { about: 'All but the last line', spec: 'head -n -1', stdin: 'a\nb\nc\n', stdout: 'a\nb\n' },
    { about: 'The first bytes', spec: 'head -c 3', stdin: 'abcdef', stdout: 'abc' },
  ],
  files: ({ files }) => ({ reads: files }),
  *run(settings, io) {
    const print = printer(settings)
    const header = headers(io.stdout)
    let fine = true
    const operands = settings.files.length === 0 ? ['-'] : settings.files
    for (const operand of operands) {
      const name = operand === '-' ? 'standard input' : operand
      let attempt = `cannot open ${quoteFileAlways(name)} for reading`
      try {
        const input = io.open(operand)
        attempt = `error reading ${quoteFileAlways(name)}`
        if (settings.showHeaders) header(name)
        yield* print(input, io)
        if (operand !== '-') input.close()
      } catch (error) {
        if (!(error instanceof SystemError)) throw error
        io.warn(`${attempt}: ${error.reason}`)
        fine = false
      }
    }
    return fine ? 0 : 1
  },
})

/** The obsolete `-NUM[bkm][clqvz]...`, as the first argument alone (coreutils manual, "head invocation"). */
function modernize(argv: readonly string[]): readonly string[] {
  const [first = '', ...rest] = argv
  const [, digits, letters = ''] = /^-(\d+)(.*)$/s.exec(first) ?? []
  if (digits === undefined) return argv
  let unit = 'n'
  let multiplier = ''
  let others = ''
  for (const letter of letters) {
    if ('bckm'.includes(letter)) {
      unit = 'c'
      multiplier = letter === 'c' ? '' : letter
    } else if (letter === 'l') unit = 'n'
    else if ('qvz'.includes(letter)) others += letter
    else throw new UsageError(`invalid trailing option -- ${letter}`, { argument: 0 })
  }
  return [`-${others}${unit}${digits}${multiplier}`, ...rest]
}

function printer({ unit: kind, count, allBut, delimiter, presumePipe }: Settings): Printer {
  const unit = kind === 'bytes' ? byteUnit : recordUnit(delimiter)
  if (!allBut) return (input, io) => copyFirst(input, count, unit, io)
  return function* (input, io) {
    const extent = presumePipe ? undefined : yield* extentOf(input)
    if (extent === undefined) return yield* copyAllButLast(input, count, unit, io)
    const end = kind === 'bytes' ? extent.end - count : startOfLast(extent, count, unit)
    return yield* copyFirst(input, end - extent.start, byteUnit, io)
  }
}

type Printer = (input: Input, io: StageIo) => Task<void>

function* copyFirst(input: Input, count: number, unit: Unit, { stdout }: StageIo): Task<void> {
  for (let left = count; left > 0;) {
    const batch = yield* input.read()
    if (batch === undefined) return
    const units = unit.count(batch)
    const end = units < left ? batch.length : unit.skip(batch, left)
    left -= units
    if (end === batch.length) {
      yield* input.pass(stdout)
      continue
    }
    stdout.append(batch.subarray(0, end))
    input.unread(batch.length - end)
    yield* stdout.flush()
  }
}

/** For what cannot seek: the last units are held until it is known whether they are the last. */
function* copyAllButLast(input: Input, count: number, unit: Unit, { stdout }: StageIo): Task<void> {
  const held = new RecentBytes(unit)
  try {
    for (let batch = yield* input.read(); batch !== undefined; batch = yield* input.read()) {
      // Most often one batch alone has more units than must be held.
      const surplus = unit.skipBack(batch, count + 1) ?? 0
      if (surplus > 0) for (const bytes of held.takeAll()) stdout.append(bytes)
      held.append(batch.subarray(surplus))
      if (surplus > 0) yield* input.pass(stdout, 0, surplus)
      for (const bytes of held.take(held.units - count)) stdout.append(bytes)
      yield* stdout.flush()
    }
    for (const bytes of held.take(held.units + held.unfinished - count)) stdout.append(bytes)
    yield* stdout.flush()
  } finally {
    held.free()
  }
}
