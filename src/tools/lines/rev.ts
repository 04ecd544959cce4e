import { SystemError } from '../../base/error.js'
import type { Input } from '../../base/io.js'
import type { Task } from '../../base/task.js'
import { defineTool, type StageIo } from '../../base/tool.js'
import { lines } from '../../base/type.js'
import { kernel, wholeLines } from '../../kernel/index.js'

interface Settings {
  readonly files: readonly string[]
}

export const rev = defineTool({
  name: 'rev',
  group: 'lines',
  summary: 'reverse lines bytewise',
  usage: ['[FILE]...'],
  options: {},
  status: { trouble: 1, meaning: { 0: 'all lines were reversed', 1: 'a file could not be read' } },
  settle: (args): Settings => ({ files: args.operands }),
  types: () => ({ input: lines, output: lines }),
  traits: () => ({ memory: 'stream', rowwise: true, oneToOne: true, keepsOrder: true, pure: true }),
  details: [
    'Writes each line of each FILE with its bytes in reverse order. With no FILE, it reads standard input; - is the name of a file.',
    'A byte is a byte: characters of more than one byte come out in pieces, and NUL bytes are bytes like any other.',
  ],
  examples: [{ about: 'Reverse a line', spec: 'rev', stdin: 'abc\n', stdout: 'cba\n' }],
  files: ({ files }) => ({ reads: files.map(asPath) }),
  *run({ files }, io) {
    if (files.length === 0) return (yield* reverse('stdin', io.stdin, io)) ? 0 : 1
    let fine = true
    for (const file of files) {
      try {
        fine = (yield* reverse(file, io.open(asPath(file)), io)) && fine
      } catch (error) {
        if (!(error instanceof SystemError)) throw error
        io.warn(`cannot open ${file}: ${error.reason}`)
        fine = false
      }
    }
    return fine ? 0 : 1
  },
})

/** Here `-` is a file like any other. */
function asPath(file: string): string {
  return file === '-' ? './-' : file
}

/** Returns whether the input could be read to its end. */
function* reverse(name: string, input: Input, io: StageIo): Task<boolean> {
  const lines = wholeLines(input)
  let linesRead = 0
  try {
    for (let batch = yield* lines.read(); batch !== undefined; batch = yield* lines.read()) {
      const from = batch.byteOffset
      const to = from + batch.length
      linesRead += kernel.countByte(from, to, 0x0a)
      kernel.reverseLines(from, to)
      yield* lines.pass(io.stdout)
      yield* io.stdout.flush()
    }
    if (input !== io.stdin) input.close()
    return true
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    io.warn(`${name}: ${linesRead}: ${error.reason}`)
    return false
  }
}
