import { bytes, lines } from '../../base/type.js'
import type { Input } from '../../base/io.js'
import type { Task } from '../../base/task.js'
import { defineTool, type StageIo } from '../../base/tool.js'
import { eachInput } from '../operands.js'

/** How `cat` changes what it copies; all false: nothing. */
interface Settings {
  readonly files: readonly string[]
  readonly number: 'all' | 'nonblank' | 'none'
  readonly squeeze: boolean
  readonly showEnds: boolean
  readonly showTabs: boolean
  readonly showNonprinting: boolean
}

export const cat = defineTool({
  name: 'cat',
  group: 'lines',
  summary: 'concatenate files',
  usage: ['[OPTION]... [FILE]...'],
  options: {
    showAll: { short: 'A', long: 'show-all', help: 'equivalent to -vET' },
    numberNonblank: {
      short: 'b',
      long: 'number-nonblank',
      help: 'number nonempty output lines, overrides -n',
    },
    showAllButTabs: { short: 'e', help: 'equivalent to -vE' },
    showEnds: { short: 'E', long: 'show-ends', help: 'display $ at end of each line' },
    number: { short: 'n', long: 'number', help: 'number all output lines' },
    squeezeBlank: { short: 's', long: 'squeeze-blank', help: 'suppress repeated empty output lines' },
    showAllButEnds: { short: 't', help: 'equivalent to -vT' },
    showTabs: { short: 'T', long: 'show-tabs', help: 'display TAB characters as ^I' },
    unbuffered: { short: 'u', help: '(output is never held back)' },
    showNonprinting: {
      short: 'v',
      long: 'show-nonprinting',
      help: 'use ^ and M- notation, except for LFD and TAB',
    },
  },
  status: { trouble: 1, meaning: { 0: 'all files were copied', 1: 'a file could not be read' } },
  settle(args): Settings {
    const all = args.has('showAll')
    return {
      files: args.operands,
      number: args.has('numberNonblank') ? 'nonblank' : args.has('number') ? 'all' : 'none',
      squeeze: args.has('squeezeBlank'),
      showEnds: all || args.has('showEnds') || args.has('showAllButTabs'),
      showTabs: all || args.has('showTabs') || args.has('showAllButEnds'),
      showNonprinting:
        all || args.has('showNonprinting') || args.has('showAllButTabs') || args.has('showAllButEnds'),
    }
  },
  types: () => ({ input: bytes, output: lines }),
  traits: (settings) => ({ memory: 'stream', keepsOrder: true, pure: true, identity: isPlain(settings) }),
  details: ['With no FILE, or when FILE is -, it reads standard input.'],
  examples: [
    { about: 'Number the lines', spec: 'cat -n', stdin: 'a\nb\n', stdout: '     1\ta\n     2\tb\n' },
    { about: 'Show what does not print', spec: 'cat -A', stdin: 'a\tb\r\n', stdout: 'a^Ib^M$\n' },
  ],
  files: ({ files }) => ({ reads: files }),
  *run(settings, io) {
    const copy = isPlain(settings) ? copyPlain : copyDecorated(settings)
    const fine = yield* eachInput(io, settings.files, (input) => copy(input, io))
    return fine ? 0 : 1
  },
})

function isPlain({ number, squeeze, showEnds, showTabs, showNonprinting }: Settings): boolean {
  return number === 'none' && !squeeze && !showEnds && !showTabs && !showNonprinting
}

function* copyPlain(input: Input, { stdout }: StageIo): Task<void> {
  while ((yield* input.read()) !== undefined) yield* input.pass(stdout)
}

/** The returned copier carries line numbers and blank lines on from file to file, as one stream. */
function copyDecorated(settings: Settings): typeof copyPlain {
  let lineNumber = 0
  let atLineStart = true
  let blankLines = 0
  const shown = Array.from({ length: 256 }, (_, byte) => Buffer.from(notation(byte, settings), 'latin1'))
  const lineEnd = Buffer.from(settings.showEnds ? '$\n' : '\n')
  return function* (input, { stdout }) {
    for (let batch = yield* input.read(); batch !== undefined; batch = yield* input.read()) {
      for (const byte of batch) {
        const isBlank = atLineStart && byte === newline
        blankLines = isBlank ? blankLines + 1 : 0
        if (isBlank && blankLines > 1 && settings.squeeze) continue
        if (atLineStart && (settings.number === 'all' || (settings.number === 'nonblank' && !isBlank)))
          stdout.text(`${String(++lineNumber).padStart(6)}\t`)
        atLineStart = byte === newline
        stdout.append(byte === newline ? lineEnd : (shown[byte] ?? lineEnd))
      }
      yield* stdout.flush()
    }
  }
}

const newline = 0x0a

/** A byte in `cat -v`'s notation (coreutils manual, "cat invocation"). */
function notation(byte: number, { showNonprinting, showTabs }: Settings): string {
  if (byte === 0x09) return showTabs ? '^I' : '\t'
  if (!showNonprinting) return String.fromCharCode(byte)
  if (byte >= 0x80) return `M-${caret(byte - 0x80)}`
  return caret(byte)
}

function caret(byte: number): string {
  if (byte < 0x20) return `^${String.fromCharCode(byte + 0x40)}`
  return byte === 0x7f ? '^?' : String.fromCharCode(byte)
}
