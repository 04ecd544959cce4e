import { fstatSync } from 'node:fs'
import { resolve } from 'node:path'
import { SystemError } from '../../base/error.js'
import type { Input } from '../../base/io.js'
import { quoteFile, quoteFileAlways } from '../../base/quote.js'
import type { Task } from '../../base/task.js'
import { defineTool, type StageIo } from '../../base/tool.js'
import { bytes, lines } from '../../base/type.js'
import { readsFiles } from '../operands.js'
import { headers } from '../headers.js'
import { printEnd } from './tail/end.js'
import { follow } from './tail/follow.js'
import {
  abandon,
  canGrow,
  type Followed,
  newFollowed,
  type OpenFile,
  openNow,
  untailable,
} from './tail/followed.js'
import { modernize } from './tail/obsolete.js'
import { settleTail, tailOptions, type TailSettings } from './tail/settings.js'

export const tail = defineTool({
  name: 'tail',
  group: 'lines',
  summary: 'output the last part of files',
  usage: ['[OPTION]... [FILE]...'],
  options: tailOptions,
  syntax: { obsolete: modernize },
  status: {
    trouble: 1,
    meaning: { 0: 'all files were printed', 1: 'a file could not be read, or no followed file is left' },
  },
  settle: settleTail,
  // What files hold is not known: scripts have archives behind their last line.
  types: ({ unit, files }) => ({
    input: unit === 'lines' ? lines : bytes,
    output: unit === 'lines' && readsFiles(files) ? bytes : lines,
  }),
  traits({ unit, fromStart, showHeaders, follow: followed, count, delimiter }) {
    const isLines = unit === 'lines' && !showHeaders
    const isSlice = isLines && !fromStart && followed === undefined
    return {
      memory: fromStart ? 'stream' : 'rows',
      filter: isLines,
      keepsOrder: true,
      pure: followed === undefined,
      ...(isSlice ? { slice: { which: 'last', count, delimiter } } : {}),
    }
  },
  details: [
    'Prints the last 10 lines of each FILE. With more than one FILE, a header with its name stands before each. With no FILE, or when FILE is -, it reads standard input.',
    'NUM may have a unit: b 512, kB 1000, K 1024, MB 1000*1000, M 1024*1024, and so on for G, T, P, E, Z, Y; KiB is K.',
    'Of a regular file only the end is read. Of a pipe no more is held than what will be printed.',
    'Followed by descriptor, a file is followed wherever it is moved. Followed by name, whatever has the name is followed: a file that is renamed away is read to its end before the next one is begun, and it is read on until there is a next one. A file that shrinks is read from its start.',
    'A line is printed when it is written: the system tells of changes. Where it cannot (some network file systems), the files are looked at every interval.',
    'Standard input is not followed when it is a pipe.',
    'The obsolete forms -NUM[bcl][f] and +NUM[bcl][f] are accepted as the first argument, before at most one FILE.',
  ],
  examples: [
    { about: 'The last two lines', spec: 'tail -n 2', stdin: 'a\nb\nc\n', stdout: 'b\nc\n' },
    { about: 'Without the first line', spec: 'tail -n +2', stdin: 'a\nb\nc\n', stdout: 'b\nc\n' },
    { about: 'The last bytes', spec: 'tail -c 3', stdin: 'abcdef', stdout: 'def' },
  ],
  files: ({ files }) => ({ reads: files }),
  asynchronous: (settings) => settings.follow !== undefined,
  *run(settings, io) {
    for (const warning of settings.warnings) io.warn(warning)
    // Nothing would ever be printed, so nothing is opened.
    if (settings.count === 0 && !settings.fromStart && settings.follow === undefined) return 0
    const header = settings.showHeaders ? headers(io.stdout) : undefined
    const followed: Followed[] = []
    let fine = true
    for (const operand of settings.files) {
      const file = yield* begin(operand, settings, header, io)
      followed.push(file)
      fine &&= file.failure === undefined
      yield* io.stdout.flush()
    }
    // What comes through a pipe on standard input ends there (POSIX.1-2017, tail, OPTIONS, -f).
    const growing = followed.filter(({ open, failure }) => open !== undefined || failure !== undefined)
    if (settings.follow === undefined || growing.length === 0) return fine ? 0 : 1
    return (yield* follow(growing, settings.follow, header, io)) && fine ? 0 : 1
  },
})

/** Prints what is wanted of a file as it is now; the result says how to go on with it. */
function* begin(
  operand: string,
  settings: TailSettings,
  header: ((name: string) => void) | undefined,
  io: StageIo,
): Task<Followed> {
  const isRetried = settings.follow?.retry === true && operand !== '-'
  const name = operand === '-' ? 'standard input' : operand
  const file = newFollowed(operand, name)
  let attempt = `cannot open ${quoteFileAlways(name)} for reading`
  let input: Input | undefined
  try {
    input = io.open(operand)
    attempt = `error reading ${quoteFileAlways(name)}`
    header?.(name)
    file.open = settings.follow === undefined ? undefined : yield* openFor(input, operand, io)
    const offset = yield* printEnd(input, settings, io.stdout)
    if (file.open !== undefined) file.open.offset = offset ?? 0
    else if (operand !== '-') input.close()
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    io.warn(`${attempt}: ${error.reason}`)
    file.failure = error.code
    file.isReachable = !isRetried
  }
  if (file.open !== undefined && !canGrow(file.open.stats)) {
    file.failure = untailable
    file.isReachable = false
    const end = isRetried ? '' : '; giving up on this name'
    io.warn(`${quoteFile(name)}: cannot follow end of this type of file${end}`)
  }
  if (file.failure !== undefined) {
    abandon(file)
    file.isGivenUp = !isRetried
  }
  return file
}

/** What to follow an input by: a regular file's own descriptor, a named pipe's second one. */
function* openFor(input: Input, operand: string, io: StageIo): Task<OpenFile | undefined> {
  const { file } = input
  if (file !== undefined)
    return { descriptor: file, stats: fstatSync(file), offset: 0, close: () => input.close() }
  if (operand === '-') return undefined
  // The first one waits for a writer, so it must be open; not yet closed, it keeps what is written until the second is.
  input.unread((yield* input.read())?.length ?? 0)
  const opened = openNow(resolve(io.cwd, operand))
  return typeof opened === 'string' ? undefined : opened
}
