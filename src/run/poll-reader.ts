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

/**
 * Reads a pipe, socket or terminal: what is there when the first bytes are asked for, at once; what is to come, through
 * the event loop, as long as each bytes' user asks for the next ones. What nobody asked for is left for others.
 */
export function pollReader(
  fd: number,
  kind: 'stream' | 'terminal',
  { scheduler, readSize }: ReadOptions,
  owned: boolean,
): BatchSource {
  const changed = new Signal()
  const waiting: Batch[] = []
  const landing = new Landing(readSize)
  let open = true
  let finished = false
  let failure: Error | undefined
  /** Whether the next bytes are asked for, and whether the stream reads them when they come. */
  let isWanted = false
  let isReading = false

  const end = (): void => {
    finished = true
    changed.wake()
  }
  const arrived = (count: number): boolean => {
    if (!open) return false
    waiting.push(landing.take(count))
    isWanted = false
    changed.wake()
    // Whoever uses them at once so asks for the next ones, and the stream need not stop.
    scheduler.slice()
    isReading = isWanted
    return isReading
  }
  const polled = new Polled(fd, 'read', owned, (own) =>
    openStream(own, kind, { buffer: () => landing.place(), callback: arrived })
      .on('end', end)
      .on('error', (error) => {
        failure = asSystemError(error)
        end()
      }),
  )

  return {
    *receive() {
      if (waiting.length === 0 && !finished && !isReading && polled.direct !== undefined) {
        yield* scheduler.breathe()
        // Of the end of a FIFO that had come before this, the event loop is told nothing.
        const batch = readNow(polled.direct, readSize)
        if (batch !== 'not yet') return batch
      }
      while (waiting.length === 0 && !finished) {
        isWanted = true
        if (!isReading) polled.stream.resume()
        isReading = true
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
      landing.close()
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

/**
 * Where the bytes of a stream land. While they come in large pieces that is a block, which becomes a batch; else it is
 * a place of all streams, from where they are copied at once: idle streams hold no memory.
 */
class Landing {
  #block: Buffer | undefined

  constructor(private readonly readSize: number) {}

  place(): Buffer {
    return this.#block?.subarray(headroom, headroom + this.readSize) ?? common.subarray(0, this.readSize)
  }

  /** What has come to the place last given; the next bytes land elsewhere. */
  take(count: number): Batch {
    const block = this.#block
    this.#block = count >= largePiece ? takeBlock() : undefined
    if (block === undefined) return batchOf(common.subarray(0, count))
    return { block, start: headroom, end: headroom + count }
  }

  close(): void {
    if (this.#block !== undefined) releaseBlock(this.#block)
    this.#block = undefined
  }
}

const common = Buffer.alloc(batchSize)

/** A quarter of what a pipe holds (pipe(7)). */
const largePiece = 16 * 1024

function openStream(fd: number, kind: 'stream' | 'terminal', onread: OnReadOpts): Socket {
  // The constructors take `onread` as `net.connect` does; the types know it only there.
  const options: SocketConstructorOpts & { onread: OnReadOpts } = { readable: true, writable: false, onread }
  if (kind === 'stream') return new (builtin.net().Socket)({ ...options, fd })
  return new (builtin.tty().ReadStream)(fd, options)
}
