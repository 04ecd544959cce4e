import type { Socket } from 'node:net'
import { asSystemError, SystemError, WriteError } from '../../base/error.js'
import { type Batch, Closed } from '../../base/io.js'
import { race, Signal, type Task } from '../../base/task.js'
import { batchOf, releaseBlock } from '../../kernel/block.js'
import type { BatchSink, BatchSource } from '../../kernel/channel.js'
import { delay } from './delay.js'

/** A connected stream socket as what a stage reads and what it writes. */
export interface Connection {
  /** Throws `SystemError` when the connection breaks. What nobody receives stays with the peer, and holds it up. */
  readonly source: BatchSource
  /** Its `close` tells the peer the end, behind what was delivered, and leaves the other direction open. */
  readonly sink: BatchSink
  /** Why the connection broke; undefined while it holds, and when it ended as it should. */
  readonly failure: Error | undefined
  /** Whether the peer has told its end, behind all that was received. */
  readonly peerEnded: boolean
  /**
   * Closes both directions and waits until what was delivered is sent. What still comes is thrown away until the peer
   * ends, for so many milliseconds at most (a second): the system would answer it with a reset, which can cost the peer
   * what it has not read yet (RFC 9112 section 9.6).
   */
  finish(linger?: number): Task<void>
  /** Drops the connection with what is under way. Idempotent. */
  abort(): void
}

/** Makes a connection of a socket that has `allowHalfOpen` and was not read yet. */
export function connectionOf(socket: Socket): Connection {
  return new SocketConnection(socket)
}

class SocketConnection implements Connection {
  readonly source: BatchSource
  readonly sink: BatchSink
  readonly closing = new Signal()
  failure: Error | undefined
  peerEnded: boolean
  isBroken: boolean
  readonly #changed = new Signal()
  readonly #wake = (): void => this.#changed.wake()
  readonly #putBack: Batch[] = []
  #isReadClosed = false

  constructor(private readonly socket: Socket) {
    this.failure = socket.errored === null ? undefined : asSystemError(socket.errored)
    this.peerEnded = socket.readableEnded
    this.isBroken = socket.destroyed
    this.source = new SocketSource(this)
    this.sink = new SocketSink(this)
    socket.on('readable', this.#wake).on('finish', this.#wake)
    socket.on('end', () => {
      this.peerEnded = true
      this.#changed.wake()
    })
    socket.on('error', (error) => this.#end(error)).on('close', () => this.#end())
  }

  *deliver({ block, start, end }: Batch): Task<void> {
    const { socket } = this
    let isTaken = this.isBroken || socket.writableEnded
    try {
      if (!isTaken) socket.write(block.subarray(start, end), this.#wake)
      // Until the system has taken the bytes it reads them from the block.
      while (!isTaken) {
        isTaken = this.isBroken || socket.writableLength === 0
        if (!isTaken) yield this.#changed
      }
    } finally {
      if (!isTaken) this.abort()
      releaseBlock(block)
    }
    if (this.failure !== undefined && !isGone(this.failure)) throw refused(this.failure)
    if (this.isBroken) throw new Closed()
  }

  tellEnd(): void {
    if (!this.socket.writableEnded) this.socket.end()
  }

  *finish(linger = 1000): Task<void> {
    this.closeRead()
    // Closing alone tells the end then, except in TLS.
    if (this.peerEnded && this.socket.writableLength === 0 && !('encrypted' in this.socket)) {
      this.abort()
      return
    }
    this.tellEnd()
    try {
      while (!this.isBroken && !this.socket.writableFinished) yield this.#changed
      if (!this.peerEnded) yield* race([this.#passOver(), delay(linger)])
    } finally {
      this.abort()
    }
  }

  abort(): void {
    this.closeRead()
    this.socket.destroy()
    this.#end()
  }

  *receive(): Task<Batch | undefined> {
    for (;;) {
      const batch = this.#putBack.pop() ?? this.#read()
      if (batch !== undefined) return batch
      if (this.peerEnded || this.#isReadClosed) return undefined
      if (this.failure !== undefined) throw this.failure
      if (this.isBroken) return undefined
      yield this.#changed
    }
  }

  #read(): Batch | undefined {
    // Nothing sets an encoding, so that what is read are bytes.
    const bytes = this.#isReadClosed ? null : (this.socket.read() as Buffer | null)
    return bytes === null ? undefined : batchOf(bytes)
  }

  *#passOver(): Task<void> {
    while (!this.isBroken && !this.peerEnded) {
      if (this.socket.read() === null) yield this.#changed
    }
  }

  putBack(batch: Batch): void {
    this.#putBack.push(batch)
  }

  closeRead(): void {
    this.#isReadClosed = true
    for (const { block } of this.#putBack.splice(0)) releaseBlock(block)
    this.#changed.wake()
  }

  #end(error?: Error): void {
    this.failure ??= error && asSystemError(error)
    this.isBroken = true
    this.#changed.wake()
    this.closing.wake()
  }
}

class SocketSource implements BatchSource {
  constructor(private readonly connection: SocketConnection) {}

  receive(): Task<Batch | undefined> {
    return this.connection.receive()
  }

  putBack(batch: Batch): void {
    this.connection.putBack(batch)
  }

  close(): void {
    this.connection.closeRead()
  }
}

class SocketSink implements BatchSink {
  constructor(private readonly connection: SocketConnection) {}

  deliver(batch: Batch): Task<void> {
    return this.connection.deliver(batch)
  }

  close(): void {
    this.connection.tellEnd()
  }

  get closed(): boolean {
    return this.connection.isBroken
  }

  get closing(): Signal {
    return this.connection.closing
  }
}

/** A peer that is gone is a reader that is done. */
function isGone(failure: Error): boolean {
  return failure instanceof SystemError && (failure.code === 'EPIPE' || failure.code === 'ECONNRESET')
}

function refused(failure: Error): Error {
  return failure instanceof SystemError ? new WriteError(failure) : failure
}
