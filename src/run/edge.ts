import { type Batch, Closed } from '../base/io.js'
import { Signal, type Task } from '../base/task.js'
import { releaseBlock } from '../kernel/block.js'
import type { BatchSink, BatchSource } from '../kernel/channel.js'

/** The bounded edge between two stages of one thread: at most one batch waits in it. */
export class MemoryEdge {
  #waiting: Batch[] = []
  #ended = false
  #closed = false
  readonly #arrived = new Signal()
  readonly #taken = new Signal()
  readonly #closing = new Signal()

  readonly sink: BatchSink
  readonly source: BatchSource

  /** `isAtHand` says whether the writer waits for nobody; it is asked while the stages run, and only where it matters. */
  constructor(isAtHand: () => boolean) {
    const deliver = this.#deliver.bind(this)
    const receive = this.#receive.bind(this)
    const isClosed = (): boolean => this.#closed
    this.sink = {
      deliver,
      close: () => this.#end(),
      get closed() {
        return isClosed()
      },
      closing: this.#closing,
    }
    this.source = {
      receive,
      putBack: (batch) => this.#waiting.unshift(batch),
      close: () => this.#close(),
      get isAtHand() {
        return isAtHand()
      },
    }
  }

  *#deliver(batch: Batch): Task<void> {
    while (this.#waiting.length > 0 && !this.#closed) yield this.#taken
    if (this.#closed) {
      releaseBlock(batch.block)
      throw new Closed()
    }
    this.#waiting.push(batch)
    this.#arrived.wake()
  }

  *#receive(): Task<Batch | undefined> {
    while (this.#waiting.length === 0 && !this.#ended) yield this.#arrived
    const batch = this.#waiting.shift()
    this.#taken.wake()
    return batch
  }

  #end(): void {
    this.#ended = true
    this.#arrived.wake()
  }

  #close(): void {
    if (this.#closed) return
    this.#closed = true
    for (const batch of this.#waiting) releaseBlock(batch.block)
    this.#waiting = []
    this.#taken.wake()
    this.#closing.wake()
  }
}
