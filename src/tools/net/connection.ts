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
  const changed = new Signal()
  const closing = new Signal()
  const putBack: Batch[] = []
  let failure = socket.errored === null ? undefined : asSystemError(socket.errored)
  let peerEnded = socket.readableEnded
  let isBroken = socket.destroyed
  let isReadClosed = false

  const wake = (): void => changed.wake()
  const end = (error?: Error): void => {
    failure ??= error && asSystemError(error)
    isBroken = true
    changed.wake()
    closing.wake()
  }
  socket.on('readable', wake).on('finish', wake)
  socket.on('end', () => {
    peerEnded = true
    changed.wake()
  })
  socket.on('error', end).on('close', () => end())

  const source: BatchSource = {
    *receive() {
      for (;;) {
        const batch = putBack.pop() ?? read()
        if (batch !== undefined) return batch
        if (peerEnded || isReadClosed) return undefined
        if (failure !== undefined) throw failure
        if (isBroken) return undefined
        yield changed
      }
    },
    putBack: (batch) => putBack.push(batch),
    close() {
      isReadClosed = true
      for (const { block } of putBack.splice(0)) releaseBlock(block)
      changed.wake()
    },
  }

  const sink: BatchSink = {
    *deliver({ block, start, end: last }) {
      let isTaken = isBroken || socket.writableEnded
      try {
        if (!isTaken) socket.write(block.subarray(start, last), wake)
        // Until the system has taken the bytes it reads them from the block.
        while (!isTaken) {
          isTaken = isBroken || socket.writableLength === 0
          if (!isTaken) yield changed
        }
      } finally {
        if (!isTaken) abort()
        releaseBlock(block)
      }
      if (failure !== undefined && !isGone(failure)) throw refused(failure)
      if (isBroken) throw new Closed()
    },
    close() {
      if (!socket.writableEnded) socket.end()
    },
    get closed() {
      return isBroken
    },
    closing,
  }

  function read(): Batch | undefined {
    // Nothing sets an encoding, so that what is read are bytes.
    const bytes = isReadClosed ? null : (socket.read() as Buffer | null)
    return bytes === null ? undefined : batchOf(bytes)
  }

  function* finish(linger = 1000): Task<void> {
    sink.close()
    source.close()
    try {
      while (!isBroken && !socket.writableFinished) yield changed
      yield* race([passOver(), delay(linger)])
    } finally {
      abort()
    }
  }

  function* passOver(): Task<void> {
    while (!isBroken && !peerEnded) {
      if (socket.read() === null) yield changed
    }
  }

  function abort(): void {
    source.close()
    socket.destroy()
    end()
  }

  return {
    source,
    sink,
    get failure() {
      return failure
    },
    get peerEnded() {
      return peerEnded
    },
    finish,
    abort,
  }
}

/** A peer that is gone is a reader that is done. */
function isGone(failure: Error): boolean {
  return failure instanceof SystemError && (failure.code === 'EPIPE' || failure.code === 'ECONNRESET')
}

function refused(failure: Error): Error {
  return failure instanceof SystemError ? new WriteError(failure) : failure
}
