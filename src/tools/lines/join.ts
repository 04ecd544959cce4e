import { bytesOf, textOf } from '../../base/bytes.js'
import { SystemError, ToolError, UsageError } from '../../base/error.js'
import { batchSize } from '../../base/io.js'
import type { Occurrence } from '../../base/option.js'
import { quote } from '../../base/quote.js'
import type { Task } from '../../base/task.js'
import { defineTool, type StageIo } from '../../base/tool.js'
import { lines } from '../../base/type.js'
import { kernel, release } from '../../kernel/index.js'
import { required } from '../required.js'
import { extendSide, type LineWindow, lineWindow } from '../line-window.js'
import { modernize, parseFields, parseSide } from './join/arguments.js'
import { event, type Joining, joiningPlan, lastLine, sideAddresses, sideOf, written } from './join/plan.js'

interface Settings extends Joining {
  readonly files: readonly [string, string]
}

export const join = defineTool({
  name: 'join',
  group: 'lines',
  summary: 'join lines of two files on a common field',
  usage: ['[OPTION]... FILE1 FILE2'],
  options: {
    unpaired: {
      short: 'a',
      value: 'FILENUM',
      help: 'also print unpairable lines from file FILENUM, which is 1 or 2',
    },
    filler: { short: 'e', value: 'STRING', help: 'replace missing (empty) input fields with STRING' },
    ignoreCase: { short: 'i', long: 'ignore-case', help: 'ignore differences in case when comparing fields' },
    bothKeys: { short: 'j', value: 'FIELD', help: "equivalent to '-1 FIELD -2 FIELD'" },
    list: { short: 'o', value: 'FORMAT', help: 'obey FORMAT while constructing output line' },
    separator: { short: 't', value: 'CHAR', help: 'use CHAR as input and output field separator' },
    onlyUnpaired: {
      short: 'v',
      value: 'FILENUM',
      help: 'like -a FILENUM, but suppress joined output lines',
    },
    key1: { short: '1', value: 'FIELD', help: 'join on this FIELD of file 1' },
    key2: { short: '2', value: 'FIELD', help: 'join on this FIELD of file 2' },
    checkOrder: {
      long: 'check-order',
      help: 'check that the input is correctly sorted, even if all input lines are pairable',
    },
    noCheckOrder: { long: 'nocheck-order', help: 'do not check that the input is correctly sorted' },
    header: {
      long: 'header',
      help: 'treat the first line in each file as field headers, print them without trying to pair them',
    },
    zeroTerminated: { short: 'z', long: 'zero-terminated', help: 'line delimiter is NUL, not newline' },
    j1: { long: '-j1', help: 'obsolete spelling of -1 FIELD', hidden: true },
    j2: { long: '-j2', help: 'obsolete spelling of -2 FIELD', hidden: true },
  },
  syntax: { obsolete: modernize },
  status: {
    trouble: 1,
    meaning: { 0: 'both files were joined', 1: 'a file could not be read, or is not sorted' },
  },
  settle(args): Settings {
    const sides = [...args.all('unpaired'), ...args.all('onlyUnpaired')].map(({ value = '', argument }) =>
      parseSide(value, argument),
    )
    const filler = same(args.all('filler'), 'conflicting empty-field replacement strings')
    const tabs = args.all('separator').map((option) => ({ ...option, value: parseTab(option) }))
    const tab = same(tabs, 'incompatible tabs')
    const check = args.last('checkOrder', 'noCheckOrder')?.key
    return {
      ...parseFields(args),
      lineEnd: args.has('zeroTerminated') ? 0 : 0x0a,
      tab: tab === undefined ? 'blanks' : tab === '\n' ? 'none' : tab.charCodeAt(0),
      ignoreCase: args.has('ignoreCase'),
      check: check === undefined ? 'unpaired' : check === 'checkOrder' ? 'always' : 'never',
      shows: [sides.includes(1), sides.includes(2), !args.has('onlyUnpaired')],
      filler: bytesOf(filler ?? ''),
      isCounted: args.all('list').some(({ value }) => value === 'auto'),
      hasHeader: args.has('header'),
    }
  },
  types: () => ({ input: lines, output: lines }),
  traits: () => ({ memory: 'rows', keepsOrder: true, pure: true }),
  details: [
    'For each pair of lines with the same join field, one of FILE1 and one of FILE2, it writes a line: the join field, the other fields of FILE1, the other fields of FILE2. One of the files may be -, for standard input.',
    'Without -t, fields are parted by runs of blanks, and blanks at the beginning of a line are ignored; output fields are parted by a space. With -t, every CHAR parts two fields; -t "" makes the whole line the field, and -t "\\0" parts fields by NUL.',
    'FORMAT is fields parted by commas or blanks: FILENUM.FIELD, or 0 for the join field. The FORMAT auto writes as many fields of each file as its first line has.',
    'Both files must be sorted on their join fields, by their bytes. Unless told otherwise, it checks that from the first line on that the other file lacks.',
    'It holds the lines of both files that have the same join field.',
  ],
  examples: [
    {
      about: 'Join two lists on their first field',
      spec: "join - <(printf '1 x\\n3 z\\n')",
      stdin: '1 a\n2 b\n3 c\n',
      stdout: '1 a x\n3 c z\n',
    },
    {
      about: 'Keep lines without a partner',
      spec: "join -a 1 -e none -o auto - <(printf '1 x\\n3 z\\n')",
      stdin: '1 a\n2 b\n3 c\n',
      stdout: '1 a x\n2 b none\n3 c z\n',
    },
  ],
  files: ({ files }) => ({ reads: files }),
  *run(settings, io) {
    const [one, other] = settings.files.map((file) => required(file, io.open))
    if (one === other) throw new ToolError('both files cannot be standard input')
    const windows = [one, other].flatMap((input) =>
      input === undefined ? [] : [lineWindow(() => input, settings.lineEnd)],
    )
    const plan = joiningPlan(settings)
    try {
      const isSorted = yield* joinFiles(settings, windows, plan, io)
      if (!isSorted) io.warn('input is not in sorted order')
      return isSorted ? 0 : 1
    } finally {
      release(plan.byteOffset)
    }
  },
})

/** Returns whether the files are sorted, as far as that was checked. */
function* joinFiles(
  { files, check }: Settings,
  windows: readonly LineWindow[],
  plan: Uint32Array,
  io: StageIo,
): Task<boolean> {
  let isSorted = true
  for (let room = batchSize; ;) {
    const out = io.stdout.reserve(room)
    const stopped = kernel.joinLines(out, out + room, plan.byteOffset)
    const size = written(plan) - out
    io.stdout.advance(size)
    if (stopped === event.isDone) return isSorted
    room = stopped === event.isFull && size === 0 ? room * 2 : batchSize
    yield* io.stdout.flush()
    if (stopped < event.foundDisorder) yield* readMore(windows[stopped], sideOf(plan, stopped))
    else if (stopped < event.isFull) {
      const number = stopped - event.foundDisorder
      const message = disorder(files[number], sideOf(plan, number))
      if (check === 'always') throw new ToolError(message)
      io.warn(message)
      isSorted = false
    }
  }
}

function* readMore(window: LineWindow | undefined, side: Uint32Array): Task<void> {
  try {
    if (window !== undefined) yield* extendSide(window, side, sideAddresses)
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new ToolError(`read error: ${error.reason}`)
  }
}

/** What is said of a line that stands before the one it follows; a NUL byte ends what is shown of it. */
function disorder(file: string | undefined, side: Uint32Array): string {
  const { text, number } = lastLine(side)
  const [shown = ''] = textOf(text).split('\0')
  return `${file ?? ''}:${number}: is not sorted: ${shown}`
}

/** The value of an option that may be given again, but not differently. Throws `UsageError`. */
function same(options: readonly Occurrence[], problem: string): string | undefined {
  const value = options[0]?.value
  for (const option of options)
    if (option.value !== value) throw new UsageError(problem, { hint: false, argument: option.argument })
  return value
}

/** The separator as one byte; a newline, which no line holds, when it is empty. Throws `UsageError`. */
function parseTab({ value = '', argument }: Occurrence): string {
  if (value === '') return '\n'
  if (value === '\\0') return '\0'
  if (bytesOf(value).length > 1)
    throw new UsageError(`multi-character tab ${quote(value)}`, { hint: false, argument })
  return value
}
