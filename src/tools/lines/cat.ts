import { fstatSync } from 'node:fs'
import { batchSize, type Input, type Output } from '../../base/io.js'
import { quoteFile } from '../../base/quote.js'
import type { Task } from '../../base/task.js'
import { defineTool, type StageIo } from '../../base/tool.js'
import { bytes, lines } from '../../base/type.js'
import { kernel, release } from '../../kernel/index.js'
import { eachInput } from '../operands.js'
import { type Decoration, decorationPlan, holdsReturn, written } from './cat/plan.js'

interface Settings extends Decoration {
  readonly files: readonly string[]
}

export const cat = defineTool({
  name: 'cat',
  group: 'lines',
  summary: 'concatenate files',
  usage: ['[OPTION]... [FILE]...'],
  options: {
    // In the order in which the C library lists them where a name is ambiguous.
    numberNonblank: {
      short: 'b',
      long: 'number-nonblank',
      help: 'number nonempty output lines, overrides -n',
    },
    number: { short: 'n', long: 'number', help: 'number all output lines' },
    squeezeBlank: { short: 's', long: 'squeeze-blank', help: 'suppress repeated empty output lines' },
    showNonprinting: {
      short: 'v',
      long: 'show-nonprinting',
      help: 'use ^ and M- notation, except for LFD and TAB',
    },
    showEnds: { short: 'E', long: 'show-ends', help: 'display $ at end of each line' },
    showTabs: { short: 'T', long: 'show-tabs', help: 'display TAB characters as ^I' },
    showAll: { short: 'A', long: 'show-all', help: 'equivalent to -vET' },
    showAllButTabs: { short: 'e', help: 'equivalent to -vE' },
    showAllButEnds: { short: 't', help: 'equivalent to -vT' },
    unbuffered: { short: 'u', help: '(output is never held back)' },
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
  // What files hold is not known.
  types: (settings) => ({ input: bytes, output: isPlain(settings) ? bytes : lines }),
  traits: (settings) => ({ memory: 'stream', keepsOrder: true, pure: true, identity: isPlain(settings) }),
  details: [
    'With no FILE, or when FILE is -, it reads standard input. Line numbers and blank lines are counted over all files together.',
    'A regular file that is also the output is refused, as copying it would never end.',
  ],
  examples: [
    { about: 'Copy', spec: 'cat', stdin: 'a\nb\n', stdout: 'a\nb\n' },
    { about: 'Number the lines', spec: 'cat -n', stdin: 'a\nb\n', stdout: '     1\ta\n     2\tb\n' },
    { about: 'Show what does not print', spec: 'cat -A', stdin: 'a\tb\r\n', stdout: 'a^Ib^M$\n' },
  ],
  files: ({ files }) => ({ reads: files }),
  *run(settings, io) {
    const { stdout } = io
    if (isPlain(settings)) return yield* copyFiles(settings.files, io, (_batch, input) => input.pass(stdout))
    const plan = decorationPlan(settings)
    try {
      const status = yield* copyFiles(settings.files, io, (batch) => show(batch, stdout, plan))
      if (holdsReturn(plan)) stdout.text('\r')
      return status
    } finally {
      release(plan.byteOffset)
    }
  },
})

function isPlain({ number, squeeze, showEnds, showTabs, showNonprinting }: Settings): boolean {
  return number === 'none' && !squeeze && !showEnds && !showTabs && !showNonprinting
}

/** Gives every batch of the files to `copy`; returns the exit status. */
function* copyFiles(
  files: readonly string[],
  io: StageIo,
  copy: (batch: Buffer, input: Input) => Task<void>,
): Task<number> {
  let refused = false
  const fine = yield* eachInput(io, files, (input) => copyFile(input, io, copy, () => (refused = true)))
  return fine && !refused ? 0 : 1
}

function* copyFile(
  input: Input,
  { stdout, warn }: StageIo,
  copy: (batch: Buffer, input: Input) => Task<void>,
  refuse: () => void,
): Task<void> {
  let batch = yield* input.read()
  if (batch !== undefined && isSameFile(input.file, stdout.file)) {
    warn(`${quoteFile(input.name)}: input file is output file`)
    input.unread(batch.length)
    refuse()
    return
  }
  for (; batch !== undefined; batch = yield* input.read()) yield* copy(batch, input)
}

function isSameFile(input: number | undefined, output: number | undefined): boolean {
  if (input === undefined || output === undefined) return false
  const [one, other] = [fstatSync(input, { bigint: true }), fstatSync(output, { bigint: true })]
  return one.isFile() && one.dev === other.dev && one.ino === other.ino
}

function* show(batch: Buffer, stdout: Output, plan: Buffer): Task<void> {
  const to = batch.byteOffset + batch.length
  for (let at = batch.byteOffset; at < to;) {
    const out = stdout.reserve(batchSize)
    at = kernel.showLines(at, to, out, out + batchSize, plan.byteOffset) >>> 0
    stdout.advance(plan.readUInt32LE(written) - out)
    yield* stdout.flush()
  }
}
