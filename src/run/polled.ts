import type { OnReadOpts, Socket, SocketConstructorOpts } from 'node:net'
import { asSystemError, SystemError, WriteError } from '../base/error.js'
import { type Batch, Closed, headroom } from '../base/io.js'
import { Signal, type Task } from '../base/task.js'
import { builtin } from './builtin.js'
import { batchOf, releaseBlock, takeBlock } from './block.js'
import type { BatchSink, BatchSource } from './channel.js'
import { watchReader } from './reader-watch.js'

/**
 * Reads a pipe or socket through the event loop, straight into blocks. The descriptor becomes this source's.
 * One batch is read ahead; then the peer's writes wait in the kernel.
 */
export function pollReader(fd: number): BatchSource {
  let landing: Buffer | undefined
  return pollSource((sources) => {
    // The constructor takes `onread` as `net.connect` does; the types know it only there.
    const options: SocketConstructorOpts & { onread: OnReadOpts } = {
      fd,
      readable: true,
      writable: false,
      onread: {
        buffer: () => {
          landing = takeBlock()
          return landing.subarray(headroom)
        },
        callback: (count) => {
          if (landing !== undefined)
            sources.arrived({ block: landing, start: headroom, end: headroom + count })
          landing = undefined
          return false
        },
      },
    }
    const { Socket } = builtin.net()
    const socket = new Socket(options)
    socket.on('end', sources.ended)
    socket.on('error', sources.failed)
    return socket
  })
}

/** Reads a terminal through the event loop. */
export function pollTerminal(fd: number): BatchSource {
  return pollSource((sources) => {
    const { ReadStream } = builtin.tty()
    const stream = new ReadStream(fd)
    stream.on('data', (data: Buffer) => {
      stream.pause()
      sources.arrived(batchOf(data))
    })
    stream.on('end', sources.ended)
    stream.on('error', sources.failed)
    return stream
  })
}

interface Events {
  arrived(batch: Batch): void
  ended(): void
  failed(error: Error): void
}

/** What both kinds of stream have in common; the stream is opened at the first read. */
function pollSource(open: (events: Events) => Socket): BatchSource {
  const waiting: Batch[] = []
  const changed = new Signal()
  let stream: Socket | undefined
  let finished = false
  let failure: Error | undefined
  const events: Events = {
    arrived(batch) {
      waiting.push(batch)
      changed.wake()
    },
    ended() {
      finished = true
      changed.wake()
    },
    failed(error) {
      failure = asSystemError(error)
      finished = true
      changed.wake()
    },
  }
  return {
    *receive(): Task<Batch | undefined> {
      stream ??= open(events)
      while (waiting.length === 0 && !finished) {
        stream.resume()
        yield changed
      }
      const batch = waiting.shift()
      if (batch === undefined && failure !== undefined) throw failure
      return batch
    },
    putBack: (batch) => waiting.unshift(batch),
    close() {
      finished = true
      for (const batch of waiting.splice(0)) releaseBlock(batch.block)
      stream ??= open(events)
      stream.destroy()
    },
  }
}

/** Writes a pipe or socket through the event loop. The descriptor becomes this sink's. */
export function pollWriter(fd: number): BatchSink {
  const closing = new Signal()
  const changed = new Signal()
  const { Socket } = builtin.net()
  const socket = new Socket({ fd, readable: false, writable: true })
  let closed = false
  let failure: Error | undefined
  /** Begun only for stages that wait for the reader's going without writing. */
  let stopWatching: (() => void) | undefined
  socket.on('error', (error) => {
    failure = asSystemError(error)
    end()
  })
  socket.on('close', end)

  function end(): void {
    closed = true
    stopWatching?.()
    changed.wake()
    closing.wake()
  }

  return {
    *deliver({ block, start, end }) {
      let written = false
      socket.write(block.subarray(start, end), () => {
        written = true
        changed.wake()
      })
      while (!written && !closed) yield changed
      releaseBlock(block)
      if (failure instanceof SystemError && failure.code !== 'EPIPE' && failure.code !== 'ECONNRESET')
        throw new WriteError(failure)
      if (closed) throw new Closed()
    },
    close() {
      stopWatching?.()
      if (!closed) socket.end()
    },
    get closed() {
      return closed
    },
    get closing() {
      stopWatching ??= watchReader(fd, () => socket.destroy())
      return closing
    },
  }
}
