import { lines } from '../../base/type.js'
import { defineTool } from '../../base/tool.js'
import { counted } from './grep/counted.js'
import { divided } from './grep/division.js'
import { runGrep } from './grep/run.js'
import type { Settings } from './grep/settings.js'
import { grepOptions } from './grep/options.js'
import { settleGrep } from './grep/settle.js'

const status = {
  trouble: 2,
  false: [1],
  meaning: { 0: 'a line was selected', 1: 'no line was selected', 2: 'an error occurred' },
  usageHint: "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.",
}

export const grep = defineTool({
  name: 'grep',
  group: 'lines',
  summary: 'print lines that match patterns',
  usage: [
    '[OPTION]... PATTERNS [FILE]...',
    '[OPTION]... -e PATTERNS ... [FILE]...',
    '[OPTION]... -f PATTERN_FILE ... [FILE]...',
  ],
  options: grepOptions,
  status,
  settle: settleGrep,
  types: () => ({ input: lines, output: lines }),
  traits: (settings) => ({
    memory: 'stream',
    keepsOrder: true,
    pure: true,
    costly: !settings.search.patterns.every(isLiteral),
    divided: () => divided(settings, status),
    ...(isFilter(settings)
      ? {
          filter: true,
          // A NUL takes back what -I answered before it.
          divisible: settings.binaryFiles !== 'without-match',
          rowwise: settings.binaryFiles === 'text',
          seesNul: settings.binaryFiles !== 'text',
          counted: () => counted(settings, status),
        }
      : {}),
  }),
  details: [
    'It reads each FILE, or standard input when there is none or FILE is -, and prints the lines that match any of PATTERNS. A newline separates patterns. With -r and no FILE it searches the working folder.',
    'A pattern is a basic regular expression unless -E or -F says otherwise. Matching takes time in proportion to the input, whatever the pattern, unless the pattern has back-references.',
    'Bytes are compared as they are, in every locale: a letter outside ASCII is two bytes or more, and . matches one of them.',
    'A file that holds NUL bytes counts as binary: that it matches is said on standard error instead of printing its lines, unless -a is given.',
  ],
  examples: [
    { about: 'Lines that hold a word', spec: 'grep -w cat', stdin: 'cat\nconcat\n', stdout: 'cat\n' },
    {
      about: 'What matches, with line numbers',
      spec: "grep -noE '[0-9]+'",
      stdin: 'a1\nb\nc22 d3\n',
      stdout: '1:1\n3:22\n3:3\n',
    },
    { about: 'How many lines do not match', spec: 'grep -vc a', stdin: 'a\nb\nc\n', stdout: '2\n' },
  ],
  files: ({ selection }) => ({ reads: selection.operands }),
  run: runGrep,
})

/** Whether a pattern is found as it is, many bytes at a time. */
function isLiteral(pattern: Uint8Array): boolean {
  return !/[^\w ,:;/"'-]/.test(Buffer.from(pattern).toString('latin1'))
}

/** Whether each line is looked at for itself, unless the file turns out to be binary. */
function isFilter({ style, selection, maxCount, terminator }: Settings): boolean {
  const { report, onlyMatching, lineNumber, byteOffset, before, after, color } = style
  const isPlain = report === 'lines' && !onlyMatching && !lineNumber && !byteOffset && color === 'never'
  const hasNames = selection.operands.length > 1 || selection.showNames === true
  return (
    isPlain &&
    before === undefined &&
    after === undefined &&
    !hasNames &&
    maxCount === Infinity &&
    terminator === 0x0a
  )
}
