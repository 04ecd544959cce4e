import { fstatSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { SystemError, ToolError } from '../../../base/error.js'
import type { Input } from '../../../base/io.js'
import { quoteFile } from '../../../base/quote.js'
import type { Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { required } from '../../required.js'
import type { Field } from './head.js'
import type { Message } from './message.js'

/** A body that is ready to be sent. */
export interface Payload {
  /** The headers that say how it is sent. */
  readonly fields: readonly Field[]
  /** Gives every piece to `write`. Throws `ToolError` when a file is not what it was. */
  send(write: (bytes: Uint8Array) => Task<void>): Task<void>
}

type Piece =
  | Uint8Array
  /** A regular file. */
  | { readonly file: string; readonly size: number }
  /** What is read while it is sent, and only once. */
  | { readonly file: string; readonly take: () => Input }

/**
 * Opens a message's body. Its length is told, so that what has none (standard input, a pipe) is held, up to the memory
 * budget; in chunks nothing is held.
 */
export function* openPayload({ method, body, chunked, compress }: Message, io: StageIo): Task<Payload> {
  if (body === undefined) {
    // RFC 9110 section 8.6: a method that has a body as a rule tells that there is none.
    const tellsLength = ['POST', 'PUT', 'PATCH'].includes(method)
    return { fields: tellsLength ? [['Content-Length', '0']] : [], send: nothing }
  }
  const pieces: Piece[] = []
  for (const part of body.parts)
    pieces.push(part instanceof Uint8Array ? part : yield* openFile(part.file, chunked && !compress, io))
  const ready = compress ? [gzipSync(yield* gather(pieces, io))] : pieces
  const length = ready.reduce((sum, piece) => sum + sizeOf(piece), 0)
  return {
    fields: [
      ...(compress ? [['Content-Encoding', 'gzip'] as const] : []),
      chunked ? ['Transfer-Encoding', 'chunked'] : ['Content-Length', String(length)],
    ],
    *send(write) {
      for (const piece of ready) {
        if (piece instanceof Uint8Array) yield* write(piece)
        else if ('take' in piece) yield* copy(piece.file, piece.take(), write)
        else yield* copyFile(piece, io, write)
      }
    },
  }
}

function* nothing(): Task<void> {
  // There is no body.
}

function sizeOf(piece: Piece): number {
  return piece instanceof Uint8Array ? piece.length : 'size' in piece ? piece.size : 0
}

function* openFile(file: string, streams: boolean, io: StageIo): Task<Piece> {
  const input = required(file, (path) => io.open(path))
  if (streams) return { file, take: once(input) }
  const stats = input.file === undefined || file === '-' ? undefined : fstatSync(input.file)
  if (stats?.isFile() === true) {
    input.close()
    return { file, size: stats.size }
  }
  return yield* hold(file, input, io)
}

/** All of an input, as far as the memory budget goes. */
function* hold(file: string, input: Input, { memory }: StageIo): Task<Buffer> {
  const pieces: Buffer[] = []
  let size = 0
  for (let batch = yield* read(file, input); batch !== undefined; batch = yield* read(file, input)) {
    size += batch.length
    if (size > memory.limit)
      throw new ToolError(
        `the body has more than ${memory.limit} bytes before its length is known: use --chunked`,
      )
    pieces.push(Buffer.from(batch))
  }
  return Buffer.concat(pieces)
}

function* gather(pieces: readonly Piece[], io: StageIo): Task<Buffer> {
  const gathered: Uint8Array[] = []
  for (const piece of pieces) {
    if (piece instanceof Uint8Array) gathered.push(piece)
    else gathered.push(yield* hold(piece.file, io.open(piece.file), io))
  }
  return Buffer.concat(gathered)
}

function* copyFile(
  { file, size }: { readonly file: string; readonly size: number },
  io: StageIo,
  write: (bytes: Uint8Array) => Task<void>,
): Task<void> {
  const input = required(file, (path) => io.open(path))
  let left = size
  while (left > 0) {
    const batch = yield* read(file, input)
    if (batch === undefined) throw new ToolError(`${quoteFile(file)}: it became shorter while it was sent`)
    // What is added to a file meanwhile is not part of the message.
    const bytes = batch.subarray(0, left)
    left -= bytes.length
    yield* write(bytes)
  }
  input.close()
}

function* copy(file: string, input: Input, write: (bytes: Uint8Array) => Task<void>): Task<void> {
  for (let batch = yield* read(file, input); batch !== undefined; batch = yield* read(file, input))
    yield* write(batch)
}

/** Gives the input to the first who asks. */
function once(input: Input): () => Input {
  let isTaken = false
  return () => {
    if (isTaken)
      throw new ToolError('what --chunked read from standard input or a pipe cannot be sent again', 1)
    isTaken = true
    return input
  }
}

function* read(file: string, input: Input): Task<Buffer | undefined> {
  try {
    return yield* input.read()
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new ToolError(`${quoteFile(file)}: ${error.reason}`)
  }
}
