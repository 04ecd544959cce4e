import { bytesOf } from '../../base/bytes.js'
import { UsageError } from '../../base/error.js'
import type { Input } from '../../base/io.js'
import type { Arguments, Occurrence, OptionTable } from '../../base/option.js'
import type { Task } from '../../base/task.js'
import { defineTool, type StageIo } from '../../base/tool.js'
import { lines } from '../../base/type.js'
import { kernel, release, wholeLines } from '../../kernel/index.js'
import { eachInput } from '../operands.js'
import { cutLines } from './cut/line-fields.js'
import { pieceReader } from './cut/pieces.js'
import { cutPlan, keepsJoints } from './cut/plan.js'
import { complement, joinTouching, parseRanges } from './cut/ranges.js'
import type { Settings } from './cut/settings.js'

const options = {
  bytes: { short: 'b', long: 'bytes', value: 'LIST', help: 'select only these bytes' },
  characters: {
    short: 'c',
    long: 'characters',
    value: 'LIST',
    help: 'select only these characters; a character is a byte',
  },
  delimiter: {
    short: 'd',
    long: 'delimiter',
    value: 'DELIM',
    help: 'use DELIM instead of TAB for field delimiter; an empty one is NUL',
  },
  fields: {
    short: 'f',
    long: 'fields',
    value: 'LIST',
    help: 'select only these fields; also print any line that contains no delimiter character, unless -s',
  },
  notSplit: { short: 'n', help: '(ignored)' },
  complement: { long: 'complement', help: 'complement the set of selected bytes, characters or fields' },
  onlyDelimited: { short: 's', long: 'only-delimited', help: 'do not print lines not containing delimiters' },
  outputDelimiter: {
    long: 'output-delimiter',
    value: 'STRING',
    help: 'use STRING between the parts that are printed; the default is the input delimiter',
  },
  zeroTerminated: { short: 'z', long: 'zero-terminated', help: 'line delimiter is NUL, not newline' },
} satisfies OptionTable

export const cut = defineTool({
  name: 'cut',
  group: 'lines',
  summary: 'print selected parts of lines',
  usage: ['OPTION... [FILE]...'],
  options,
  status: { trouble: 1, meaning: { 0: 'all files were cut', 1: 'a file could not be read, or wrong usage' } },
  settle(args): Settings {
    const { unit, ranges, delimiter } = selection(args)
    const outputDelimiter = args.value('outputDelimiter')
    const usualJoint = unit === 'field' ? Buffer.of(delimiter) : Buffer.alloc(0)
    const joint = outputDelimiter === undefined ? usualJoint : bytesOf(outputDelimiter || '\0')
    const selected = args.has('complement') ? complement(ranges) : ranges
    return {
      files: args.operands,
      unit,
      delimiter,
      lineEnd: args.has('zeroTerminated') ? 0 : 0x0a,
      onlyDelimited: args.has('onlyDelimited'),
      joint,
      // Where what stands between two parts is what stood there, they are one.
      ranges: joint.equals(usualJoint) ? joinTouching(selected) : selected,
    }
  },
  types: () => ({ input: lines, output: lines }),
  traits: (settings) => {
    const { unit, delimiter, lineEnd, onlyDelimited } = settings
    const isByLine = unit === 'byte' || delimiter !== lineEnd
    return {
      memory: 'stream',
      keepsOrder: isByLine,
      rowwise: isByLine && lineEnd === 0x0a,
      oneToOne: isByLine && lineEnd === 0x0a && !onlyDelimited,
      pure: true,
      pieces: pieceReader(settings),
    }
  },
  details: [
    'Exactly one of -b, -c and -f is needed. LIST is numbers and ranges with commas between them: N, N-, N-M, -M, counted from 1. What is selected is written in the order it is read, each part once.',
    'With no FILE, or when FILE is -, it reads standard input.',
  ],
  examples: [
    {
      about: 'The first and the third field',
      spec: 'cut -d: -f1,3',
      stdin: 'a:b:c:d\nno delimiter\n',
      stdout: 'a:c\nno delimiter\n',
    },
    { about: 'All but the first two characters', spec: 'cut -c3-', stdin: 'abcd\n', stdout: 'cd\n' },
  ],
  files: ({ files }) => ({ reads: files }),
  *run(settings, io) {
    if (settings.unit === 'field' && settings.delimiter === settings.lineEnd) {
      const fine = yield* eachInput(io, settings.files, (input) => cutLines(input, io.stdout, settings))
      return fine ? 0 : 1
    }
    const plan = cutPlan(settings)
    try {
      const fine = yield* eachInput(io, settings.files, (input) => cutFile(input, io, settings, plan))
      return fine ? 0 : 1
    } finally {
      release(plan.byteOffset)
    }
  },
})

function* cutFile(input: Input, { stdout }: StageIo, cut: Settings, plan: Buffer): Task<void> {
  const cutParts =
    cut.unit === 'byte' ? kernel.cutBytes : keepsJoints(cut) ? kernel.cutRanges : kernel.cutFields
  const lines = wholeLines(input, cut.lineEnd)
  for (let batch = yield* lines.read(); batch !== undefined; batch = yield* lines.read()) {
    const out = stdout.reserve(batch.length + 1 + growth(batch, cut))
    const end = cutParts(batch.byteOffset, batch.byteOffset + batch.length, out, plan.byteOffset) >>> 0
    stdout.advance(end - out)
    yield* stdout.flush()
  }
}

/** The most bytes that the output delimiter adds. */
function growth(batch: Buffer, { unit, delimiter, lineEnd, joint, ranges }: Settings): number {
  const from = batch.byteOffset
  const to = from + batch.length
  if (unit === 'field')
    return joint.length > 1 ? kernel.countByte(from, to, delimiter) * (joint.length - 1) : 0
  if (joint.length === 0) return 0
  const joints = (kernel.countByte(from, to, lineEnd) + 1) * Math.max(0, ranges.length - 1)
  return Math.min(joints, batch.length) * joint.length
}

/** The one list, and the delimiter. What is wrong is found in the order of the options. */
function selection(args: Arguments<typeof options>): Pick<Settings, 'unit' | 'ranges' | 'delimiter'> {
  let delimiter = 0x09
  let list: Occurrence | undefined
  for (const option of args.options) {
    if (option.key === 'delimiter') delimiter = singleByte(option)
    if (!isList(option)) continue
    if (list !== undefined)
      throw new UsageError('only one list may be specified', { argument: option.argument })
    list = option
  }
  if (list === undefined)
    throw new UsageError('you must specify a list of bytes, characters, or fields', {
      help: 'fields 1 and 3: -f1,3',
    })
  const unit = list.key === 'fields' ? 'field' : 'byte'
  if (unit === 'byte') refuseFieldOptions(args)
  return { unit, ranges: parseRanges(list.value ?? '', unit, list.argument), delimiter }
}

function isList({ key }: Occurrence): boolean {
  return key === 'bytes' || key === 'characters' || key === 'fields'
}

function singleByte({ value = '', argument }: Occurrence): number {
  const bytes = bytesOf(value)
  if (bytes.length > 1) throw new UsageError('the delimiter must be a single character', { argument })
  return bytes[0] ?? 0
}

function refuseFieldOptions(args: Arguments<typeof options>): void {
  const delimiter = args.last('delimiter')
  if (delimiter !== undefined)
    throw new UsageError('an input delimiter may be specified only when operating on fields', {
      argument: delimiter.argument,
    })
  const only = args.last('onlyDelimited')
  if (only !== undefined)
    throw new UsageError('suppressing non-delimited lines makes sense\n\tonly when operating on fields', {
      argument: only.argument,
    })
}
