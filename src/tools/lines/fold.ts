import type { Input, Output } from '../../base/io.js'
import type { Task } from '../../base/task.js'
import { defineTool } from '../../base/tool.js'
import { bytes, lines } from '../../base/type.js'
import { allocate, bytesAt, GrowingBytes, kernel, release } from '../../kernel/index.js'
import { eachInput } from '../operands.js'
import { maximumUnsigned, parseNumber } from '../size.js'

interface Settings {
  readonly files: readonly string[]
  readonly width: bigint
  readonly countsBytes: boolean
  readonly breaksAtBlanks: boolean
}

export const fold = defineTool({
  name: 'fold',
  group: 'lines',
  summary: 'wrap each input line to fit in a width',
  usage: ['[OPTION]... [FILE]...'],
  options: {
    bytes: { short: 'b', long: 'bytes', help: 'count bytes rather than columns' },
    spaces: { short: 's', long: 'spaces', help: 'break at spaces' },
    width: { short: 'w', long: 'width', value: 'WIDTH', help: 'use WIDTH columns instead of 80' },
    digit: {
      short: [...'0123456789'],
      value: 'WIDTH',
      optionalValue: true,
      help: 'obsolete spelling of -w WIDTH',
      hidden: true,
    },
  },
  status: { trouble: 1, meaning: { 0: 'all files were folded', 1: 'a file could not be read' } },
  settle(args): Settings {
    let width = 80n
    for (const { key, spelling, value = '', argument } of args.options) {
      if (key !== 'width' && key !== 'digit') continue
      width = parseNumber(key === 'digit' ? spelling.slice(1) + value : value, {
        problem: 'invalid number of columns',
        minimum: 1n,
        maximum: maximumUnsigned - 9n,
        argument,
      })
    }
    return {
      files: args.operands,
      width,
      countsBytes: args.has('bytes'),
      breaksAtBlanks: args.has('spaces'),
    }
  },
  types: () => ({ input: bytes, output: lines }),
  traits: ({ files }) => ({ memory: 'stream', rowwise: files.length <= 1, keepsOrder: true, pure: true }),
  details: [
    'Begins a new line where a line would be wider than WIDTH columns. A tab goes to the next multiple of eight columns, a backspace goes back one, a carriage return goes to the first.',
    'With -s, the new line begins behind the last space or tab that fits, if there is one.',
    'With no FILE, or when FILE is -, it reads standard input.',
  ],
  examples: [
    { about: 'Lines of four columns', spec: 'fold -w 4', stdin: 'abcdefghi\n', stdout: 'abcd\nefgh\ni\n' },
    {
      about: 'Keep words whole',
      spec: 'fold -s -w 8',
      stdin: 'one two three\n',
      stdout: 'one two \nthree\n',
    },
  ],
  files: ({ files }) => ({ reads: files }),
  *run(settings, io) {
    const state = bytesAt(allocate(layout.size), layout.size)
    const word = new GrowingBytes()
    try {
      const fine = yield* eachInput(io, settings.files, function* (input) {
        endFile(io.stdout, word)
        startFile(state, settings)
        yield* foldFile(input, io.stdout, state, word)
      })
      endFile(io.stdout, word)
      return fine ? 0 : 1
    } finally {
      word.free()
      release(state.byteOffset)
    }
  },
})

/** The state of the kernel; see src/kernel/assembly/fold.ts. */
const layout = { width: 0, countsBytes: 8, breaksAtBlanks: 12, word: 40, size: 48 }

function startFile(state: Buffer, { width, countsBytes, breaksAtBlanks }: Settings): void {
  state.fill(0)
  state.writeBigUInt64LE(width, layout.width)
  state.writeUInt32LE(Number(countsBytes), layout.countsBytes)
  state.writeUInt32LE(Number(breaksAtBlanks), layout.breaksAtBlanks)
}

function endFile(output: Output, word: GrowingBytes): void {
  output.append(word.bytes)
  word.clear()
}

function* foldFile(input: Input, output: Output, state: Buffer, word: GrowingBytes): Task<void> {
  for (let batch = yield* input.read(); batch !== undefined; batch = yield* input.read()) {
    foldBatch(batch, output, state, word)
    yield* output.flush()
  }
}

/** What stands behind the last blank of a line is held back in `word`: the line may still be broken before it. */
function foldBatch(batch: Buffer, output: Output, state: Buffer, word: GrowingBytes): void {
  const { byteOffset, length } = batch
  const start = output.reserve(word.length + 2 * length)
  bytesAt(start, word.length).set(word.bytes)
  const out = start + word.length
  const end = kernel.foldLines(byteOffset, byteOffset + length, out, word.length, state.byteOffset) >>> 0
  const heldFrom = state.readUInt32LE(layout.word)
  output.advance(heldFrom - start)
  word.clear()
  word.append(bytesAt(heldFrom, end - heldFrom))
}
