import { bytesOf } from '../../base/bytes.js'
import { SystemError, UsageError } from '../../base/error.js'
import { batchSize, type Input } from '../../base/io.js'
import { quoteFile } from '../../base/quote.js'
import type { Task } from '../../base/task.js'
import { defineTool, type StageIo } from '../../base/tool.js'
import { lines } from '../../base/type.js'
import { kernel, release } from '../../kernel/index.js'
import { eachInput } from '../operands.js'
import { required } from '../required.js'
import { type Delimiters, event, pastePlan, sourceOf, written } from './paste/plan.js'

interface Settings {
  readonly files: readonly string[]
  readonly delimiters: Delimiters
  readonly serial: boolean
  readonly lineEnd: number
}

export const paste = defineTool({
  name: 'paste',
  group: 'lines',
  summary: 'merge lines of files',
  usage: ['[OPTION]... [FILE]...'],
  options: {
    delimiters: {
      short: 'd',
      long: 'delimiters',
      value: 'LIST',
      help: 'reuse characters from LIST instead of TABs',
    },
    serial: { short: 's', long: 'serial', help: 'paste one file at a time instead of in parallel' },
    zeroTerminated: { short: 'z', long: 'zero-terminated', help: 'line delimiter is NUL, not newline' },
  },
  status: { trouble: 1, meaning: { 0: 'all files were read', 1: 'a file could not be read' } },
  settle: (args) => ({
    files: args.operands.length === 0 ? ['-'] : args.operands,
    delimiters: parseDelimiters(args.value('delimiters') ?? '\t', args.last('delimiters')?.argument ?? 0),
    serial: args.has('serial'),
    lineEnd: args.has('zeroTerminated') ? 0 : 0x0a,
  }),
  types: () => ({ input: lines, output: lines }),
  traits: () => ({ memory: 'stream', keepsOrder: true, pure: true }),
  details: [
    'Writes rows: the first line of each FILE, then the second of each, and so on, until all files have ended. With no FILE, or when FILE is -, it reads standard input; given more than once, - takes a line each time.',
    'LIST is characters that are used one after another, and again from the first. \\n, \\t, \\b, \\f, \\r, \\v and \\\\ are what they are in C; \\0 is nothing. Characters are bytes.',
  ],
  examples: [
    { about: 'Two lines a row', spec: 'paste - -', stdin: 'a\nb\nc\nd\n', stdout: 'a\tb\nc\td\n' },
    { about: 'All lines in one', spec: 'paste -s -d,', stdin: 'a\nb\nc\n', stdout: 'a,b,c\n' },
  ],
  files: ({ files }) => ({ reads: files }),
  run: (settings, io) => (settings.serial ? pasteSerial(settings, io) : pasteParallel(settings, io)),
})

function* pasteParallel({ files, delimiters, lineEnd }: Settings, io: StageIo): Task<number> {
  const inputs = files.map((file) => required(file, io.open))
  const sources = [...new Set(inputs)]
  const plan = pastePlan(
    lineEnd,
    delimiters,
    inputs.map((input) => sources.indexOf(input)),
  )
  const room = batchSize + files.length
  let fine = true
  try {
    for (;;) {
      const out = io.stdout.reserve(room)
      const stopped = kernel.pasteRows(out, out + room, plan.byteOffset) >>> 0
      io.stdout.advance(written(plan) - out)
      if (stopped === event.isDone) return fine ? 0 : 1
      yield* io.stdout.flush()
      const input = sources[stopped]
      if (input === undefined) continue
      const batch = yield* readOrWarn(input)
      const from = batch?.byteOffset ?? 0
      sourceOf(plan, stopped).set([from, from + (batch?.length ?? 0), Number(batch === undefined)])
    }
  } finally {
    release(plan.byteOffset)
  }

  /** A file that cannot be read ends there, with a message. */
  function* readOrWarn(input: Input): Task<Buffer | undefined> {
    try {
      return yield* input.read()
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      io.warn(`${quoteFile(files[inputs.indexOf(input)] ?? '')}: ${error.reason}`)
      fine = false
      return undefined
    }
  }
}

function* pasteSerial({ files, delimiters, lineEnd }: Settings, io: StageIo): Task<number> {
  const plan = pastePlan(lineEnd, delimiters, [])
  const fresh = plan.slice()
  let hasLine = false
  try {
    const fine = yield* eachInput(io, files, function* (input) {
      if (hasLine) io.stdout.byte(lineEnd)
      hasLine = true
      plan.set(fresh)
      for (let batch = yield* input.read(); batch !== undefined; batch = yield* input.read()) {
        const { byteOffset, length } = batch
        const out = io.stdout.reserve(length + 1)
        const end = kernel.pasteSerial(byteOffset, byteOffset + length, out, plan.byteOffset) >>> 0
        io.stdout.advance(end - out)
        yield* io.stdout.flush()
      }
    })
    if (hasLine) io.stdout.byte(lineEnd)
    return fine ? 0 : 1
  } finally {
    release(plan.byteOffset)
  }
}

/** The bytes of a LIST (POSIX.1-2017, paste, OPTIONS); an empty one is nothing. Throws `UsageError`. */
function parseDelimiters(list: string, argument: number): Delimiters {
  if (list === '') return [undefined]
  const [, escaped = '', incomplete] = /^((?:[^\\]|\\.)*)(\\)?$/s.exec(list) ?? []
  if (incomplete !== undefined) {
    const problem = `delimiter list ends with an unescaped backslash: ${list}`
    throw new UsageError(problem, { hint: false, argument })
  }
  const parts = bytesOf(escaped).toString('latin1').match(/\\?./gs) ?? []
  return parts.map((part) => {
    const letter = part.slice(-1)
    if (part.length === 1) return part.charCodeAt(0)
    return letter === '0' ? undefined : (escapes[letter] ?? letter).charCodeAt(0)
  })
}

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }
