import { bytesOf } from '../../base/bytes.js'
import { SystemError, ToolError, UsageError } from '../../base/error.js'
import type { Input } from '../../base/io.js'
import { quoteFile, quoteFileAlways } from '../../base/quote.js'
import type { Task } from '../../base/task.js'
import { defineTool, type StageIo } from '../../base/tool.js'
import { bytes, lines } from '../../base/type.js'
import { RegexError } from '../../kernel/regex/index.js'
import { fileSize, hasTrueSize, readAt } from '../extent.js'
import { regexSeparator, type Separator, stringSeparator } from './tac/separator.js'
import { spool } from './tac/spool.js'
import { turn } from './tac/turn.js'

interface Settings {
  readonly files: readonly string[]
  /** A NUL byte when it is empty. */
  readonly separator: string
  readonly before: boolean
  readonly isRegex: boolean
}

export const tac = defineTool({
  name: 'tac',
  group: 'lines',
  summary: 'concatenate files, each with its last line first',
  usage: ['[OPTION]... [FILE]...'],
  options: {
    before: { short: 'b', long: 'before', help: 'attach the separator before instead of after' },
    regex: { short: 'r', long: 'regex', help: 'interpret the separator as a regular expression' },
    separator: {
      short: 's',
      long: 'separator',
      value: 'STRING',
      help: 'use STRING as the separator instead of newline',
    },
  },
  status: { trouble: 1, meaning: { 0: 'all files were written', 1: 'a file could not be read' } },
  settle(args): Settings {
    const separator = args.value('separator') ?? '\n'
    const isRegex = args.has('regex')
    if (isRegex && separator === '') throw new UsageError('separator cannot be empty', { hint: false })
    if (isRegex) checkRegex(separator)
    return { files: args.operands, separator, before: args.has('before'), isRegex }
  },
  types: ({ separator, isRegex }) =>
    separator === '\n' && !isRegex ? { input: lines, output: lines } : { input: bytes, output: bytes },
  traits: () => ({ memory: 'all', pure: true }),
  details: [
    'Writes each FILE with its records in reverse order; a record is a line, or what -s separates. With no FILE, or when FILE is -, it reads standard input.',
    'A regular file is read from its end, a block at a time. A pipe is held in memory up to the memory budget, then in a temporary file.',
    'With -r the separator is a regular expression as Emacs has them: +, ? and * repeat, \\| stands between alternatives. Of the separators that end at the same place, the one that begins last counts.',
  ],
  examples: [
    { about: 'Last line first', spec: 'tac', stdin: 'a\nb\nc\n', stdout: 'c\nb\na\n' },
    { about: 'The words of a line', spec: "tac -s ' '", stdin: 'a b c ', stdout: 'c b a ' },
  ],
  files: ({ files }) => ({ reads: files }),
  *run(settings, io) {
    const { separator: text, before } = settings
    const separator = settings.isRegex
      ? regexSeparator(text, before)
      : stringSeparator(bytesOf(text === '' ? '\0' : text), before)
    let fine = true
    try {
      for (const operand of settings.files.length === 0 ? ['-'] : settings.files) {
        const name = operand === '-' ? 'standard input' : operand
        let attempt = `failed to open ${quoteFileAlways(name)} for reading`
        try {
          const input = io.open(operand)
          attempt = `${quoteFile(name)}: read error`
          yield* turnInput(input, separator, io)
          if (operand !== '-') input.close()
        } catch (error) {
          if (!(error instanceof SystemError)) throw error
          io.warn(`${attempt}: ${error.reason}`)
          fine = false
        }
      }
    } finally {
      separator.free()
    }
    return fine ? 0 : 1
  },
})

function checkRegex(pattern: string): void {
  try {
    regexSeparator(pattern, false).free()
  } catch (error) {
    if (error instanceof RegexError) throw new ToolError(error.message)
    throw error
  }
}

function* turnInput(input: Input, separator: Separator, io: StageIo): Task<void> {
  const { file } = input
  // Like GNU's, it turns the whole of a file, wherever a reader before it stopped.
  const size = file === undefined ? 0 : fileSize(file)
  if (file !== undefined && hasTrueSize(file, size)) {
    const source = { size, readAt: (offset: number, room: Buffer) => void readAt(file, offset, room) }
    return yield* turn(source, separator, io.stdout)
  }
  const spooled = yield* spool(input, io)
  try {
    yield* turn(spooled, separator, io.stdout)
  } finally {
    spooled.free()
  }
}
