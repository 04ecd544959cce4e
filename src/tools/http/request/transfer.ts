import type { ClientRequest, IncomingMessage } from 'node:http'
import { ToolError } from '../../../base/error.js'
import { Closed } from '../../../base/io.js'
import { Signal, type Task, type Work } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import type { Head } from '../response/head.js'
import { frame } from '../response/messages.js'
import { connectionFailure } from './failure.js'
import type { Payload } from './payload.js'
import type { Target } from './url.js'

/** The answer to a request, whose body is still to be read. */
export interface Reply {
  readonly head: Head
  /** The next piece of the body, undefined at its end; `rest` is run before each wait. Throws `ToolError`. */
  read(rest: () => Task<void>): Task<Buffer | undefined>
}

/** One request on its way to a server, and its answer on its way back. */
export class Transfer {
  readonly #changed = new Signal()
  readonly #wake = (): void => this.#changed.wake()
  readonly #timer: NodeJS.Timeout | undefined
  #response: IncomingMessage | undefined
  #failure: Error | undefined
  #isAnswered = false
  #sending: Work<void> | undefined

  constructor(
    private readonly sent: ClientRequest,
    private readonly target: Target,
    /** The going of standard output's reader ends every wait. */
    private readonly io: Pick<StageIo, 'stdout' | 'start'>,
    timeout: number | undefined,
  ) {
    const fail = (error: Error): void => {
      this.#failure ??= error
      this.#wake()
    }
    sent.on('error', fail).on('drain', this.#wake)
    sent.on('response', (response) => {
      const end = (): void => {
        this.#isAnswered = true
        clearTimeout(this.#timer)
        this.#wake()
      }
      this.#response = response.on('readable', this.#wake).on('end', end).on('error', fail)
      this.#wake()
    })
    io.stdout.closing.subscribe(this.#wake)
    if (timeout !== undefined) this.#timer = setTimeout(() => sent.destroy(tooLate(timeout)), timeout)
  }

  /** Whether the server closed a connection that had rested, before it saw the request. */
  get wasStale(): boolean {
    const { sent } = this
    return sent.reusedSocket && this.#response === undefined && codeOf(this.#failure) === 'ECONNRESET'
  }

  /** Begins to send the body, and waits for the answer's head. Throws `ToolError`. */
  *run(payload: Payload): Task<Reply> {
    // Beside the reading: a server may answer while it reads.
    const sending = (this.#sending = this.io.start(this.#send(payload)))
    sending.ended.subscribe(this.#wake)
    yield* this.#wait(() => this.#response !== undefined || this.#failure !== undefined)
    if (this.#response === undefined)
      throw connectionFailure(this.#failure ?? new Error('no answer'), this.target)
    return { head: frame(this.#response), read: this.#read.bind(this, this.#response) }
  }

  /** Ends it, wherever it is; after a complete answer the connection stays. */
  end(): void {
    clearTimeout(this.#timer)
    this.#sending?.cancel()
    if (!this.#isAnswered || !this.sent.writableFinished) this.sent.destroy()
  }

  *#send(payload: Payload): Task<void> {
    const { sent } = this
    const isOver = (): boolean => this.#isAnswered || this.#failure !== undefined
    const wait = this.#wait.bind(this)
    let isWhole = true
    yield* payload.send(function* (bytes) {
      isWhole &&= !isOver()
      // The bytes are gone with the next batch, and wait here until the socket takes them.
      if (isWhole && !sent.write(Buffer.from(bytes))) yield* wait(() => isOver() || !sent.writableNeedDrain)
    })
    if (isWhole) sent.end()
  }

  *#read(response: IncomingMessage, rest: () => Task<void>): Task<Buffer | undefined> {
    for (;;) {
      // Nothing sets an encoding, so that what is read are bytes.
      const piece = response.read() as Buffer | null
      if (piece !== null) return piece
      if (this.#isAnswered) return undefined
      if (this.#failure !== undefined) throw this.#cutOff(this.#failure)
      yield* rest()
      yield* this.#wait(() => response.readableLength > 0 || this.#isAnswered || this.#failure !== undefined)
    }
  }

  *#wait(isReady: () => boolean): Task<void> {
    while (!isReady()) {
      if (this.#sending?.finished === true) this.#sending.result()
      if (this.io.stdout.closed) throw new Closed()
      yield this.#changed
    }
  }

  #cutOff(failure: Error): ToolError {
    if (failure instanceof ToolError || codeOf(failure)?.startsWith('HPE') === true)
      return connectionFailure(failure, this.target)
    return new ToolError('the response ends in the middle of its body', 1)
  }
}

function tooLate(milliseconds: number): ToolError {
  return new ToolError(`no complete answer within ${milliseconds} ms`, 1)
}

function codeOf(error: Error | undefined): string | undefined {
  return error !== undefined && 'code' in error ? String(error.code) : undefined
}
