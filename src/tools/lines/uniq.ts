import { SystemError, ToolError, UsageError } from '../../base/error.js'
import { batchSize, type Input, type Output } from '../../base/io.js'
import { quote, quoteFileAlways } from '../../base/quote.js'
import type { Task } from '../../base/task.js'
import { defineTool, type Traits } from '../../base/tool.js'
import { lines } from '../../base/type.js'
import { GrowingBytes, kernel, release, wholeLines } from '../../kernel/index.js'
import { required } from '../required.js'
import { groupSeparators, modernize, parseKey, repeatedSeparator } from './uniq/arguments.js'
import { type Grouping, groupingPlan, isWholeLine, layout } from './uniq/plan.js'

interface Settings extends Grouping {
  readonly input: string
  readonly output: string
}

export const uniq = defineTool({
  name: 'uniq',
  group: 'lines',
  summary: 'report or omit repeated lines',
  usage: ['[OPTION]... [INPUT [OUTPUT]]'],
  options: {
    count: { short: 'c', long: 'count', help: 'prefix lines by the number of occurrences' },
    repeated: { short: 'd', long: 'repeated', help: 'only print duplicate lines, one for each group' },
    everyRepeated: { short: 'D', help: 'print all duplicate lines' },
    allRepeated: {
      long: 'all-repeated',
      value: 'METHOD',
      optionalValue: true,
      help: 'like -D, with empty lines between groups; METHOD is none (default), prepend or separate',
    },
    skipFields: { short: 'f', long: 'skip-fields', value: 'N', help: 'avoid comparing the first N fields' },
    group: {
      long: 'group',
      value: 'METHOD',
      optionalValue: true,
      help: 'show all lines, with empty lines between groups; METHOD is separate (default), prepend, append or both',
    },
    ignoreCase: { short: 'i', long: 'ignore-case', help: 'ignore differences in case when comparing' },
    skipBytes: { short: 's', long: 'skip-chars', value: 'N', help: 'avoid comparing the first N characters' },
    unique: { short: 'u', long: 'unique', help: 'only print unique lines' },
    zeroTerminated: { short: 'z', long: 'zero-terminated', help: 'line delimiter is NUL, not newline' },
    checkBytes: {
      short: 'w',
      long: 'check-chars',
      value: 'N',
      help: 'compare no more than N characters in lines',
    },
    digit: { short: [...'0123456789'], help: 'obsolete spelling of -f N', hidden: true },
  },
  syntax: { obsolete: modernize },
  status: {
    trouble: 1,
    meaning: { 0: 'the input was read to its end', 1: 'a file could not be read or written' },
  },
  settle(args): Settings {
    const key = parseKey(args.options, args.has('ignoreCase'))
    const all = args.last('everyRepeated', 'allRepeated')
    const group = args.last('group')
    const between = repeatedSeparator(all?.value, all?.argument ?? 0)
    const around = groupSeparators(group?.value, group?.argument ?? 0)
    const [input = '-', output = '-', extra] = args.operands
    if (extra !== undefined)
      throw new UsageError(`extra operand ${quote(extra)}`, { argument: args.operandIndex[2] ?? 0 })
    const selects = ['count', 'repeated', 'everyRepeated', 'allRepeated', 'unique'] as const
    if (group !== undefined && selects.some(args.has))
      throw new UsageError('--group is mutually exclusive with -c/-d/-D/-u', { argument: group.argument })
    if (all !== undefined && args.has('count'))
      throw new UsageError('printing all duplicated lines and repeat counts is meaningless')
    return {
      lineEnd: args.has('zeroTerminated') ? 0 : 0x0a,
      key,
      showsUnique: !args.has('repeated') && all === undefined,
      showsRepeated: !args.has('unique'),
      showsRest: all !== undefined,
      counts: args.has('count'),
      showsAll: group !== undefined,
      separator: group === undefined ? between : around.separator,
      endsSeparated: group !== undefined && around.endsSeparated,
      input,
      output,
    }
  },
  types: () => ({ input: lines, output: lines }),
  traits: (settings) => ({
    memory: 'stream',
    filter: !settings.counts && !settings.showsAll && settings.separator === 'none',
    keepsOrder: true,
    pure: settings.output === '-',
    ...groupingTrait(settings),
  }),
  details: [
    'Of adjacent lines that are the same it prints the first. Lines that are the same but stand apart are not noticed: sort the input first.',
    'A field is a run of blanks and then a run of other characters. Fields are skipped before characters. Characters are bytes.',
    'With OUTPUT, it writes to that file instead of standard output.',
    'The obsolete forms -N for -f N and +N for -s N are accepted.',
  ],
  examples: [
    { about: 'Drop repeated lines', spec: 'uniq', stdin: 'a\na\nb\n', stdout: 'a\nb\n' },
    { about: 'Count them', spec: 'uniq -c', stdin: 'a\na\nb\n', stdout: '      2 a\n      1 b\n' },
    { about: 'Only those that occur once', spec: 'uniq -u', stdin: 'a\na\nb\n', stdout: 'b\n' },
  ],
  files: ({ input, output }) => ({ reads: [input], writes: output === '-' ? [] : [output] }),
  *run(settings, io) {
    const input = required(settings.input, io.open)
    const output = settings.output === '-' ? io.stdout : required(settings.output, io.create)
    try {
      yield* writeGroups(input, output, settings)
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      throw new ToolError(`error reading ${quoteFileAlways(settings.input)}`)
    }
    yield* output.flush()
    return 0
  },
})

/** Where whole lines are compared and one of each group is written, other ways lead there too. */
function groupingTrait(settings: Settings): Pick<Traits, 'grouping'> {
  const { lineEnd: delimiter, counts, output, showsUnique, showsRepeated, showsRest, showsAll } = settings
  if (!isWholeLine(settings.key) || showsRest || showsAll || output !== '-') return {}
  const shows = showsUnique ? (showsRepeated ? 'all' : 'once') : showsRepeated ? 'again' : 'none'
  return { grouping: { delimiter, shows, counts } }
}

function* writeGroups(input: Input, output: Output, grouping: Grouping): Task<void> {
  const source = wholeLines(input, grouping.lineEnd)
  const held = new GrowingBytes()
  const plan = groupingPlan(grouping)
  try {
    for (let batch = yield* source.read(); batch !== undefined; batch = yield* source.read()) {
      writeBatch(batch, held.length, output, plan)
      yield* output.flush()
      keepHeldLine(batch, held, plan)
    }
    const out = output.reserve(roomFor(held.length))
    output.advance((kernel.finishGroups(out, plan.byteOffset) >>> 0) - out)
    if (grouping.endsSeparated && plan.readBigUInt64LE(layout.groupSize) > 0n) output.byte(grouping.lineEnd)
  } finally {
    held.free()
    release(plan.byteOffset)
  }
}

function writeBatch(batch: Buffer, heldLength: number, output: Output, plan: Buffer): void {
  const to = batch.byteOffset + batch.length
  for (let at = batch.byteOffset; at < to;) {
    const room = roomFor(heldLength + batch.length)
    const out = output.reserve(room)
    at = kernel.groupLines(at, to, out, out + room, plan.byteOffset) >>> 0
    output.advance(plan.readUInt32LE(layout.written) - out)
  }
}

/** Room for a batch with what is usually added to it, and for one group at least. */
function roomFor(length: number): number {
  return length < batchSize - added ? batchSize : length + added
}

const added = 4096

/** The line that the next one is compared with outlives its batch. */
function keepHeldLine(batch: Buffer, held: GrowingBytes, plan: Buffer): void {
  const start = plan.readUInt32LE(layout.held) - batch.byteOffset
  const end = plan.readUInt32LE(layout.heldEnd) - batch.byteOffset
  if (start < 0 || end > batch.length) return
  held.clear()
  held.append(batch.subarray(start, end))
  plan.writeUInt32LE(held.bytes.byteOffset, layout.held)
  plan.writeUInt32LE(held.bytes.byteOffset + held.length, layout.heldEnd)
}
