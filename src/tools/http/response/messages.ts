import type { IncomingMessage } from 'node:http'
import { ToolError } from '../../../base/error.js'
import type { Input } from '../../../base/io.js'
import { type Task, until } from '../../../base/task.js'
import { type Exchange, openExchange } from './exchange.js'
import { fieldValue, type Head, headOf, listedIn } from './head.js'

/** What is done with messages as they come. */
export interface MessageHandler {
  head(head: Head): Task<void>
  /** A piece of the body, in no transfer coding. */
  body(bytes: Uint8Array): Task<void>
  end(): Task<void>
  /** Nothing more is there right now. */
  flush(): Task<void>
}

/**
 * Reads the messages of a stream, all answers to requests with that method. Throws `ToolError` for a message that is
 * malformed, ambiguous or cut off, and when there is none.
 */
export function* readMessages(input: Input, method: string, handler: MessageHandler): Task<void> {
  let count = 0
  let message: Message | undefined
  try {
    for (let batch = yield* input.read(); batch !== undefined; batch = yield* input.read()) {
      // The parser keeps slices of what it is given, and the batch is gone with the next.
      const bytes = Buffer.from(batch)
      for (let at = 0; at < bytes.length;) {
        if (message === undefined) {
          // Ends of lines before a message are passed over (RFC 9112 section 2.2).
          if (isLineEnd(bytes[at])) {
            at++
            continue
          }
          message = new Message(yield* until(openExchange(method)))
          count++
        }
        at = yield* message.take(bytes, at, handler)
        if (message.isOver) message = yield* message.finish(handler)
      }
      yield* handler.flush()
    }
    if (message !== undefined) message = yield* message.end(handler)
  } finally {
    message?.exchange.close()
  }
  if (count === 0) throw new ToolError('no response came', 1)
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d
}

/** One message under way: it cuts the stream so that the parser never sees what stands behind the message. */
class Message {
  #head: Head | undefined
  /** Bytes of the body still to come, where the head says so. */
  #left = Infinity
  #bodyLength = Infinity
  /** Bytes in the line that was cut off by the end of a batch. */
  #lineLength = 0

  constructor(readonly exchange: Exchange) {}

  /** Whether all of it was read, as far as that shows without the connection's end. */
  get isOver(): boolean {
    return this.exchange.complete && !this.exchange.switched
  }

  /** Takes bytes from `at` on; returns where it stopped. */
  *take(bytes: Buffer, at: number, handler: MessageHandler): Task<number> {
    const { exchange } = this
    if (exchange.switched) {
      yield* handler.body(bytes.subarray(at))
      return bytes.length
    }
    const end = this.#cut(bytes, at)
    exchange.feed(bytes.subarray(at, end))
    if (exchange.response === undefined) return end
    if (this.#head === undefined) {
      this.#head = frame(exchange.response)
      const length = fieldValue(this.#head, 'content-length')
      if (length !== undefined) this.#left = this.#bodyLength = Number(length)
      yield* handler.head(this.#head)
    } else this.#left -= end - at
    for (let piece = readPiece(exchange); piece !== null; piece = readPiece(exchange))
      yield* handler.body(piece)
    return end
  }

  /** The connection has ended. Throws `ToolError` when the message has not. */
  *end(handler: MessageHandler): Task<undefined> {
    const { exchange } = this
    if (!exchange.switched) {
      yield* until(exchange.finish())
      if (!exchange.complete) throw this.#cutOff()
    }
    return yield* this.finish(handler)
  }

  *finish(handler: MessageHandler): Task<undefined> {
    this.exchange.close()
    yield* handler.end()
    return undefined
  }

  /**
   * Where the piece ends that holds nothing behind the message: a head ends with a line, a body in chunks with an
   * empty line, others with their length or the connection.
   */
  #cut(bytes: Buffer, from: number): number {
    if (this.#left !== Infinity) return Math.min(from + this.#left, bytes.length)
    const head = this.#head
    if (head !== undefined && listedIn(head, 'transfer-encoding').length === 0) return bytes.length
    for (let line = from; ;) {
      const feed = bytes.indexOf(0x0a, line)
      if (feed < 0) {
        this.#lineLength += bytes.length - line
        return bytes.length
      }
      const length = this.#lineLength + feed - line
      this.#lineLength = 0
      line = feed + 1
      // A line of one byte may be a CR; where it is not, the cut does no harm.
      if (head === undefined || length <= 1) return line
    }
  }

  #cutOff(): ToolError {
    const { response } = this.exchange
    if (response === undefined) return new ToolError('the response ends in the middle of its head', 1)
    const progress =
      this.#left === Infinity
        ? 'in the middle of its body'
        : `after ${this.#bodyLength - this.#left} of ${this.#bodyLength} bytes of its body`
    return new ToolError(`the response ends ${progress}`, 1)
  }
}

/** The head, if what it says of the body's framing can be believed. */
export function frame(response: IncomingMessage): Head {
  const head = headOf(response)
  const codings = listedIn(head, 'transfer-encoding')
  const unknown = codings.find((coding) => coding !== 'chunked' && coding !== 'identity')
  if (unknown !== undefined) throw new ToolError(`the transfer coding '${unknown}' is not known`, 1)
  // RFC 9112 section 6.1: the framing of such a message is faulty.
  if (codings.length > 0 && head.version === '1.0')
    throw new ToolError('the response is malformed: HTTP/1.0 with Transfer-Encoding', 1)
  return head
}

function readPiece({ response }: Exchange): Buffer | null {
  // Nothing sets an encoding, so that what is read are bytes.
  return response === undefined ? null : (response.read() as Buffer | null)
}
