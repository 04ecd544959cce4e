import { bytes, lines } from '../../base/type.js'
import { readsFiles } from '../operands.js'
import { defineTool, type Traits } from '../../base/tool.js'
import type { Settings } from './sed/settings.js'
import { isDivisible } from './sed/divisible.js'
import { runSed } from './sed/run.js'
import { sedOptions, settleSed, writtenFiles } from './sed/options.js'

export const sed = defineTool({
  name: 'sed',
  group: 'lines',
  summary: 'edit lines with a script',
  usage: [
    '[OPTION]... SCRIPT [FILE]...',
    '[OPTION]... -e SCRIPT ... [FILE]...',
    '[OPTION]... -f FILE ... [FILE]...',
  ],
  options: sedOptions,
  status: {
    trouble: 1,
    meaning: {
      0: 'success; or what q and Q say',
      1: 'wrong usage or script',
      2: 'a file could not be read',
      4: 'an error while reading or writing',
    },
    writeError: "couldn't flush stdout",
    writeTrouble: 4,
  },
  settle: settleSed,
  // What files hold is not known: scripts have archives behind their last line.
  types: ({ files }) => ({ input: lines, output: readsFiles(files) ? bytes : lines }),
  traits: (settings) => ({
    memory: 'stream',
    keepsOrder: true,
    pure: settings.inPlace === undefined && writtenFiles(settings.program).length === 0,
    costly: true,
    divisible: isDivisible(settings),
    ...sliceTrait(settings),
  }),
  details: [
    'It reads each FILE, or standard input when there is none or FILE is -, line by line into the pattern space, runs the script on it and prints it.',
    'A command is [ADDRESS[,ADDRESS]][!]X[ARGUMENTS]. An address is a line number, $ for the last line, /REGEX/ or \\cREGEXc with the flags I and M, FIRST~STEP, and as the second one +N or ~N; 0,/REGEX/ may end at the first line.',
    'Commands that change or print the pattern space:',
    '  s/REGEX/REPLACEMENT/FLAGS   replace matches (flags: g p N I M w FILE)\n  y/ABC/XYZ/                  map bytes\n  d D                         delete it, or its first line, and begin the next cycle\n  p P                         print it, or its first line\n  l [N]                       print it with escapes, wrapped at N\n  =  F                        print the line number, the file name\n  z                           empty it',
    'Commands that move text:',
    '  n N                         go to, or append, the next line\n  g G h H x                   copy from, append from, copy to, append to, exchange with the hold space\n  a i c TEXT                  append behind, insert before, change to TEXT\n  r R w W FILE                append a file or its next line, write it or its first line to a file',
    'Commands that steer:',
    '  { }                         group commands\n  : b t T LABEL               a label; go to it always, after, or without a substitution\n  q Q [CODE]                  end, with or without printing',
    'In a REPLACEMENT, & is the match, \\1 to \\9 are its groups, and \\U \\L \\u \\l \\E change letters. The escapes \\n \\t \\a \\f \\v \\r \\cX \\dNNN \\oNNN \\xHH stand for bytes.',
  ],
  examples: [
    { about: 'Replace in every line', spec: "sed 's/colour/color/g'", stdin: 'colour\n', stdout: 'color\n' },
    {
      about: 'Print a part of the lines',
      spec: "sed -n '/b/,/c/p'",
      stdin: 'a\nb\nc\nd\n',
      stdout: 'b\nc\n',
    },
    {
      about: 'Exchange two words',
      spec: "sed -E 's/(\\w+) (\\w+)/\\2 \\1/'",
      stdin: 'hello world\n',
      stdout: 'world hello\n',
    },
  ],
  files: ({ files, program }) => ({ reads: files, writes: writtenFiles(program) }),
  leavesTraces: ({ inPlace }) => inPlace !== undefined,
  run: runSed,
})

/** `sed 100q` prints the first hundred lines. */
function sliceTrait({ program, inPlace, isQuiet, delimiter }: Settings): Pick<Traits, 'slice'> {
  const [command, second] = program.commands
  if (command?.name !== 'q' || second !== undefined || command.exit !== 0) return {}
  if (isQuiet || program.isQuiet || inPlace !== undefined || command.isNegated) return {}
  const { from, to } = command.selector ?? {}
  if (from?.kind !== 'line' || from.number === 0 || to !== undefined) return {}
  return { slice: { which: 'first', count: from.number, delimiter } }
}
