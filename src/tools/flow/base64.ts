import { SystemError, ToolError, UsageError } from '../../base/error.js'
import type { Input, Output } from '../../base/io.js'
import { quote } from '../../base/quote.js'
import type { Task } from '../../base/task.js'
import { defineTool } from '../../base/tool.js'
import { bytes, lines } from '../../base/type.js'
import { byteSet, bytesAt, copyIn, kernel, release } from '../../kernel/index.js'
import { required } from '../required.js'
import { maximumSigned } from '../size.js'

interface Settings {
  readonly file: string
  readonly decode: boolean
  readonly ignoreGarbage: boolean
  /** Characters in a line; 0 for all in one that does not end. */
  readonly width: number
}

export const base64 = defineTool({
  name: 'base64',
  group: 'flow',
  summary: 'encode or decode bytes as base64 text',
  usage: ['[OPTION]... [FILE]'],
  options: {
    decode: { short: 'd', long: 'decode', help: 'decode' },
    ignoreGarbage: {
      short: 'i',
      long: 'ignore-garbage',
      help: 'when decoding, pass over bytes that are not in the alphabet',
    },
    wrap: {
      short: 'w',
      long: 'wrap',
      value: 'COLS',
      help: 'put COLS characters in a line (default 76), all in one for 0',
    },
  },
  status: { trouble: 1, meaning: { 0: 'all was well', 1: 'the input was invalid, or could not be read' } },
  settle(args): Settings {
    const { operands, operandIndex } = args
    const [file = '-', extra] = operands
    const width = args.all('wrap').reduce((_, { value, argument }) => parseWidth(value ?? '', argument), 76)
    if (extra !== undefined)
      throw new UsageError(`extra operand ${quote(extra)}`, { argument: operandIndex[1] ?? 0 })
    return { file, decode: args.has('decode'), ignoreGarbage: args.has('ignoreGarbage'), width }
  },
  types: ({ decode }) => (decode ? { input: lines, output: bytes } : { input: bytes, output: lines }),
  traits: () => ({ memory: 'stream', pure: true }),
  details: [
    'With no FILE, or when FILE is -, it reads standard input. The alphabet is that of RFC 4648 section 4.',
    'Decoding, newlines are passed over anywhere. At other bytes that do not belong there it stops, after what stands before them is written.',
  ],
  examples: [
    { about: 'Encode', spec: 'base64', stdin: 'any bytes', stdout: 'YW55IGJ5dGVz\n' },
    { about: 'Decode', spec: 'base64 -d', stdin: 'YW55IGJ5dGVz\n', stdout: 'any bytes' },
  ],
  files: ({ file }) => ({ reads: [file] }),
  *run(settings, { open, stdout }) {
    const input = required(settings.file, open)
    try {
      yield* settings.decode
        ? decode(input, stdout, settings.ignoreGarbage)
        : encode(input, stdout, settings.width)
    } catch (error) {
      throw error instanceof SystemError ? new ToolError(`read error: ${error.reason}`) : error
    }
    return 0
  },
})

/** The most bytes that the kernels write behind what they return. */
const slack = 16
const newline = 0x0a

function* encode(input: Input, stdout: Output, width: number): Task<void> {
  let column = 0
  let rest: Buffer = Buffer.alloc(0)
  for (let batch = yield* input.read(); batch !== undefined; batch = yield* input.read()) {
    const joined = withRest(rest, batch)
    const end = joined.length - (joined.length % 3)
    column = addEncoded(joined.subarray(0, end), stdout, width, column)
    rest = Buffer.from(joined.subarray(end))
    yield* stdout.flush()
  }
  for (const character of Buffer.from(rest.toString('base64'))) {
    stdout.byte(character)
    column++
    if (column === width) stdout.byte(newline)
    if (column === width) column = 0
  }
  if (width > 0 && column > 0) stdout.byte(newline)
  yield* stdout.flush()
}

/** Adds the characters for whole groups of three bytes to a line that has `column` of them; returns the new column. */
function addEncoded(groups: Buffer, stdout: Output, width: number, column: number): number {
  const length = (groups.length / 3) * 4
  const newlines = width === 0 ? 0 : Math.floor((column + length) / width)
  const out = stdout.reserve(length + newlines + slack)
  // As far behind the place of the lines as the newlines need.
  const text = out + newlines
  kernel.encodeBase64(groups.byteOffset, groups.byteOffset + groups.length, text)
  if (newlines > 0) kernel.wrapText(text, text + length, out, atMost32Bits(width), width - column)
  stdout.advance(length + newlines)
  return width === 0 ? 0 : (column + length) % width
}

function* decode(input: Input, stdout: Output, ignoreGarbage: boolean): Task<void> {
  const ignored = copyIn(byteSet((byte) => byte === newline || (ignoreGarbage && !isCharacter(byte))))
  try {
    let rest: Buffer = Buffer.alloc(0)
    for (let batch = yield* input.read(); batch !== undefined; batch = yield* input.read()) {
      const end = kernel.removeBytes(batch.byteOffset, batch.byteOffset + batch.length, ignored.byteOffset)
      const joined = withRest(rest, batch.subarray(0, (end >>> 0) - batch.byteOffset))
      rest = addDecoded(joined, stdout)
      yield* stdout.flush()
      if (rest.length > 3) throw new ToolError('invalid input')
    }
    if (rest.length === 0) return
    const [valid = ''] = /^[A-Za-z\d+/]*/.exec(rest.toString('latin1')) ?? []
    stdout.append(Buffer.from(valid, 'base64'))
    yield* stdout.flush()
    throw new ToolError('invalid input')
  } finally {
    release(ignored.byteOffset)
  }
}

/** Adds what whole groups of four characters stand for; returns the rest, which begins with a wrong group if it has four. */
function addDecoded(characters: Buffer, stdout: Output): Buffer {
  const { byteOffset, length } = characters
  const out = stdout.reserve((length / 4) * 3 + slack)
  const end = kernel.decodeBase64(byteOffset, byteOffset + length, out) >>> 0
  stdout.advance(end - out)
  return Buffer.from(characters.subarray((kernel.decodeStop() >>> 0) - byteOffset))
}

/** The batch with the rest of the one before in its headroom. */
function withRest(rest: Buffer, batch: Buffer): Buffer {
  const joined = bytesAt(batch.byteOffset - rest.length, rest.length + batch.length)
  joined.set(rest)
  return joined
}

function isCharacter(byte: number): boolean {
  return /[A-Za-z\d+/=]/.test(String.fromCharCode(byte))
}

/** The number of `-w`; one that no integer of 64 bits holds means 0. Throws `UsageError`. */
function parseWidth(text: string, argument: number): number {
  const isNumber = /^[ \t\n\v\f\r]*(\+?\d+|-0+)$/.test(text)
  if (!isNumber) throw new UsageError(`invalid wrap size: ${quote(text)}`, { hint: false, argument })
  return BigInt(text) > maximumSigned ? 0 : Math.abs(Number(text))
}

/** No batch is as long, so that what is more means the same. */
function atMost32Bits(size: number): number {
  return Math.min(size, 2 ** 32 - 1)
}
