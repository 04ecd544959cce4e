import { bytesOf } from '../../base/bytes.js'
import { SystemError, ToolError, UsageError } from '../../base/error.js'
import { batchSize } from '../../base/io.js'
import { quote, quoteFile } from '../../base/quote.js'
import type { Task } from '../../base/task.js'
import { defineTool, type StageIo } from '../../base/tool.js'
import { lines } from '../../base/type.js'
import { kernel, release } from '../../kernel/index.js'
import { extendSide, type LineWindow, lineWindow } from '../line-window.js'
import {
  counts,
  event,
  type Merging,
  mergingPlan,
  roomNeeded,
  sideAddresses,
  sideOf,
  written,
} from './comm/plan.js'

interface Settings extends Merging {
  readonly files: readonly [string, string]
  readonly total: boolean
}

export const comm = defineTool({
  name: 'comm',
  group: 'lines',
  summary: 'compare two sorted files line by line',
  usage: ['[OPTION]... FILE1 FILE2'],
  options: {
    noFirst: { short: '1', help: 'suppress column 1 (lines unique to FILE1)' },
    noSecond: { short: '2', help: 'suppress column 2 (lines unique to FILE2)' },
    noBoth: { short: '3', help: 'suppress column 3 (lines that appear in both files)' },
    checkOrder: {
      long: 'check-order',
      help: 'check that the input is correctly sorted, even if all input lines are pairable',
    },
    noCheckOrder: { long: 'nocheck-order', help: 'do not check that the input is correctly sorted' },
    outputDelimiter: { long: 'output-delimiter', value: 'STR', help: 'separate columns with STR' },
    total: { long: 'total', help: 'output a summary' },
    zeroTerminated: { short: 'z', long: 'zero-terminated', help: 'line delimiter is NUL, not newline' },
  },
  status: {
    trouble: 1,
    meaning: { 0: 'both files were compared', 1: 'a file could not be read, or is not sorted' },
  },
  settle(args): Settings {
    const delimiters = args.all('outputDelimiter')
    for (const { value, argument } of delimiters) {
      if (value !== delimiters[0]?.value)
        throw new UsageError('multiple output delimiters specified', { hint: false, argument })
    }
    const [one, other, extra] = args.operands
    if (one === undefined) throw new UsageError('missing operand')
    if (other === undefined) throw new UsageError(`missing operand after ${quote(one)}`)
    if (extra !== undefined)
      throw new UsageError(`extra operand ${quote(extra)}`, { argument: args.operandIndex[2] ?? 0 })
    if (one === '-' && other === '-')
      throw new UsageError('both files cannot be standard input', { hint: false })
    const check = args.last('checkOrder', 'noCheckOrder')?.key
    return {
      files: [one, other],
      lineEnd: args.has('zeroTerminated') ? 0 : 0x0a,
      columns: [!args.has('noFirst'), !args.has('noSecond'), !args.has('noBoth')],
      // An empty delimiter is a NUL byte.
      separator: bytesOf((delimiters[0]?.value ?? '\t') || '\0'),
      check: check === undefined ? 'unpaired' : check === 'checkOrder' ? 'always' : 'never',
      total: args.has('total'),
    }
  },
  types: () => ({ input: lines, output: lines }),
  traits: () => ({ memory: 'stream', keepsOrder: true, pure: true }),
  details: [
    'Writes three columns: lines unique to FILE1, lines unique to FILE2, and lines that appear in both. One of them may be -, for standard input.',
    'The lines must be sorted by their bytes. Unless told otherwise, it checks that from the first line on that the other file lacks.',
  ],
  examples: [
    {
      about: 'What two lists have in common',
      spec: "comm -12 - <(printf 'b\\nc\\n')",
      stdin: 'a\nb\n',
      stdout: 'b\n',
    },
    {
      about: 'All three columns',
      spec: "comm - <(printf 'b\\nc\\n')",
      stdin: 'a\nb\n',
      stdout: 'a\n\t\tb\n\tc\n',
    },
  ],
  files: ({ files }) => ({ reads: files }),
  *run(settings, io) {
    const windows = settings.files.map((file) => lineWindow(() => io.open(file), settings.lineEnd))
    const plan = mergingPlan(settings)
    try {
      const isSorted = yield* compare(settings, windows, plan, io)
      if (settings.total) writeTotal(settings, plan, io)
      if (!isSorted) io.warn('input is not in sorted order')
      return isSorted ? 0 : 1
    } finally {
      release(plan.byteOffset)
    }
  },
})

/** Returns whether the files are sorted, as far as that was checked. */
function* compare(
  { files, check }: Settings,
  windows: readonly LineWindow[],
  plan: Uint32Array,
  io: StageIo,
): Task<boolean> {
  let isSorted = true
  for (let room = batchSize; ;) {
    const out = io.stdout.reserve(room)
    const stopped = kernel.writeColumns(out, out + room, plan.byteOffset)
    io.stdout.advance(written(plan) - out)
    if (stopped === event.isDone) return isSorted
    if (stopped === event.isFull) room = Math.max(batchSize, roomNeeded(plan))
    yield* io.stdout.flush()
    if (stopped < event.foundDisorder)
      yield* readMore(windows[stopped], files[stopped], sideOf(plan, stopped))
    else if (stopped < event.isFull) {
      const message = `file ${stopped - event.foundDisorder + 1} is not in sorted order`
      if (check === 'always') throw new ToolError(message)
      io.warn(message)
      isSorted = false
    }
  }
}

function* readMore(window: LineWindow | undefined, file: string | undefined, side: Uint32Array): Task<void> {
  if (window === undefined || file === undefined) return
  try {
    yield* extendSide(window, side, sideAddresses)
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new ToolError(`${quoteFile(file)}: ${error.reason}`)
  }
}

function writeTotal({ separator, lineEnd }: Settings, plan: Uint32Array, { stdout }: StageIo): void {
  // A NUL byte as the separator does not stand here, as in GNU comm.
  const between = separator.equals(Buffer.of(0)) ? '' : separator.toString()
  stdout.text([...counts(plan), 'total'].join(between))
  stdout.byte(lineEnd)
}
