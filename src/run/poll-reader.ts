import { readSync } from 'node:fs'
import type { OnReadOpts, Socket, SocketConstructorOpts } from 'node:net'
import { asSystemError } from '../base/error.js'
import { type Batch, batchSize, headroom } from '../base/io.js'
import { Signal } from '../base/task.js'
import { batchOf, releaseBlock, takeBlock } from '../kernel/block.js'
import { builtin } from './builtin.js'
import type { BatchSource } from '../kernel/channel.js'
import type { ReadOptions } from './descriptor.js'
import { attempt, Polled } from './polled.js'

/** Reads a pipe, socket or terminal: what is there, straight into a block; what is to come, through the event loop. */
export function pollReader(
  fd: number,
  kind: 'stream' | 'terminal',
  { scheduler, readSize }: ReadOptions,
  owned: boolean,
): BatchSource {
  const changed = new Signal()
  const waiting: Batch[] = []
  let open = true
  let finished = false
  let failure: Error | undefined

  const end = (): void => {
    finished = true
    changed.wake()
  }
  const arrived = (bytes: Uint8Array): void => {
    if (!open) return
    waiting.push(batchOf(bytes))
    changed.wake()
  }
  const polled = new Polled(fd, 'read', owned, (own) =>
    openStream(own, kind, readSize, arrived)
      .on('end', end)
      .on('error', (error) => {
        failure = asSystemError(error)
        end()
      }),
  )

  return {
    *receive() {
      if (waiting.length === 0 && !finished && polled.direct !== undefined) {
        yield* scheduler.breathe()
        const batch = readNow(polled.direct, readSize)
        if (batch !== 'not yet') return batch
      }
      while (waiting.length === 0 && !finished) {
        polled.stream.resume()
        yield changed
      }
      const batch = waiting.shift()
      if (batch === undefined && failure !== undefined) throw failure
      return batch
    },
    putBack: (batch) => waiting.unshift(batch),
    close() {
      if (!open) return
      open = false
      end()
      for (const batch of waiting.splice(0)) releaseBlock(batch.block)
      polled.close()
    },
  }
}

/** The next batch, undefined at the end. */
function readNow(fd: number, size: number): Batch | undefined | 'not yet' {
  const block = takeBlock()
  let count: number | undefined
  try {
    count = attempt(() => readSync(fd, block, headroom, size, null))
    return count === undefined
      ? 'not yet'
      : count === 0
        ? undefined
        : { block, start: headroom, end: headroom + count }
  } finally {
    if (count === undefined || count === 0) releaseBlock(block)
  }
}

/** Where the bytes of every stream land. They are copied out at once: idle streams hold no memory. */
const landing = Buffer.alloc(batchSize)

/** A stream that rests after each arrival, until it is resumed: what it does not read is left for others. */
function openStream(
  fd: number,
  kind: 'stream' | 'terminal',
  readSize: number,
  arrived: (bytes: Uint8Array) => void,
): Socket {
  const onread: OnReadOpts = {
    buffer: landing.subarray(0, readSize),
    callback: (count) => {
      arrived(landing.subarray(0, count))
      return false
    },
  }
  // The constructors take `onread` as `net.connect` does; the types know it only there.
  const options: SocketConstructorOpts & { onread: OnReadOpts } = { readable: true, writable: false, onread }
  if (kind === 'stream') return new (builtin.net().Socket)({ ...options, fd })
  return new (builtin.tty().ReadStream)(fd, options)
}
