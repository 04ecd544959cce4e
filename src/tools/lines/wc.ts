import { UsageError } from '../../base/error.js'
import { quoteFileAlways } from '../../base/quote.js'
import { defineTool } from '../../base/tool.js'
import { bytes, lines } from '../../base/type.js'
import { type Count, countOrder } from './wc/count.js'
import { divided } from './wc/division.js'
import { type Files, report } from './wc/report.js'

interface Settings {
  readonly files: Files
  /** What to print, in the order of printing. */
  readonly counts: readonly Count[]
}

const status = { trouble: 1, meaning: { 0: 'all files were counted', 1: 'a file could not be read' } }

export const wc = defineTool({
  name: 'wc',
  group: 'lines',
  summary: 'print newline, word, and byte counts',
  usage: ['[OPTION]... [FILE]...', '[OPTION]... --files0-from=F'],
  options: {
    bytes: { short: 'c', long: 'bytes', help: 'print the byte counts' },
    chars: { short: 'm', long: 'chars', help: 'print the character counts; a character is a byte' },
    lines: { short: 'l', long: 'lines', help: 'print the newline counts' },
    filesFrom: {
      long: 'files0-from',
      value: 'F',
      help: 'read the files whose names, ended by NUL, are in file F; - is standard input',
    },
    width: { short: 'L', long: 'max-line-length', help: 'print the maximum display width' },
    words: { short: 'w', long: 'words', help: 'print the word counts' },
  },
  status,
  settle(args): Settings {
    const chosen = countOrder.filter((count) => args.has(count))
    const counts = chosen.length === 0 ? (['lines', 'words', 'bytes'] as const) : chosen
    const list = args.value('filesFrom')
    if (list === undefined) return { files: { operands: args.operands }, counts }
    const [extra] = args.operands
    if (extra !== undefined)
      throw new UsageError(
        `extra operand ${quoteFileAlways(extra)}\nfile operands cannot be combined with --files0-from`,
        { argument: args.operandIndex[0] ?? 0 },
      )
    return { files: { list }, counts }
  },
  types: () => ({ input: bytes, output: lines }),
  traits: ({ files, counts }) => ({
    memory: 'stream',
    ignoresOrder: true,
    pure: true,
    countsLines: 'operands' in files && files.operands.length === 0 && counts.join() === 'lines',
    divided: () => divided(files, counts, status),
  }),
  details: [
    'A word is a run of bytes other than white space with at least one printable byte in it; printable bytes are those of ASCII. The counts are always printed in the order newline, word, character, byte, maximum line length.',
    'With no FILE, or when FILE is -, it reads standard input. More than one FILE is followed by a line with the totals. With -c alone, the size of a regular file is taken from the system, and the file is not read.',
  ],
  examples: [
    { about: 'Count lines', spec: 'wc -l', stdin: 'a\nb\n', stdout: '2\n' },
    { about: 'Lines, words and bytes', spec: 'wc', stdin: 'one two\n', stdout: '      1       2       8\n' },
  ],
  files: ({ files }) => ({ reads: 'list' in files ? [files.list] : files.operands }),
  run: ({ files, counts }, io) => report(files, counts, io),
})
