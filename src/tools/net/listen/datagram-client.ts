import type { Socket } from 'node:dgram'
import { asSystemError, SystemError, WriteError } from '../../../base/error.js'
import type { Batch } from '../../../base/io.js'
import type { Stopping } from '../../../base/stopping.js'
import { Signal, type Task } from '../../../base/task.js'
import { batchOf, releaseBlock } from '../../../kernel/block.js'
import type { BatchSink, BatchSource } from '../../../kernel/channel.js'
import { datagramsOf, type Endpoint } from '../datagrams.js'
import { type Client, type Place, plainAddress } from './client.js'

/** What a client has of the socket that all of them share. */
interface Shared {
  readonly socket: Socket
  readonly stopping: Stopping
  /** Told once, with the datagrams that its pipeline has left. */
  dropped(left: readonly Buffer[]): void
}

/** An address that sends datagrams: they are what its pipeline reads, and each batch of output is sent back as one. */
export class DatagramClient implements Client {
  readonly remote: Place
  readonly local: Place
  readonly failure = undefined
  readonly source: BatchSource
  readonly sink: BatchSink
  readonly #changed = new Signal()
  readonly #putBack: Batch[] = []
  #waiting: Buffer[] = []
  #size = 0
  #silence: NodeJS.Timeout | undefined
  #isSilent = false
  #hasReceived = false
  #hasEnded = false
  #isDropped = false

  constructor(
    private readonly peer: Endpoint,
    private readonly shared: Shared,
  ) {
    const { address, port } = shared.socket.address()
    this.remote = { address: plainAddress(peer.host), port: peer.port }
    this.local = { address: plainAddress(address), port }
    this.source = {
      receive: () => this.#receive(),
      putBack: (batch) => this.#putBack.push(batch),
      close: () => this.#release(),
    }
    this.sink = {
      deliver: (batch) => this.#deliver(batch),
      close: () => undefined,
      closed: false,
      closing: new Signal(),
    }
  }

  /** Takes what it has sent. What its pipeline is too slow for is lost, as it is in the system's own buffer. */
  take(bytes: Buffer): void {
    if (this.#size + bytes.length + overhead > mostHeld) return
    this.#waiting.push(bytes)
    this.#size += bytes.length + overhead
    this.#silence?.refresh()
    this.#changed.wake()
  }

  /** Lets it look again whether the run is to end. */
  wake(): void {
    this.#changed.wake()
  }

  *connect(): Task<this> {
    return this
  }

  /** No datagram tells the end: silence is the end of the input, and is not waited out twice. */
  onSilence(milliseconds: number, action: (what: string) => void): void {
    this.#silence = setTimeout(() => {
      this.#isSilent = true
      this.#changed.wake()
      this.#silence = setTimeout(() => action('nothing came'), milliseconds)
    }, milliseconds)
  }

  *finish(): Task<void> {
    this.drop()
  }

  drop(): void {
    if (this.#isDropped) return
    this.#isDropped = true
    clearTimeout(this.#silence)
    this.#release()
    // The first one started the pipeline, and is not to start another.
    this.shared.dropped(this.#hasReceived ? this.#waiting : this.#waiting.slice(1))
  }

  *#receive(): Task<Batch | undefined> {
    for (;;) {
      const batch = this.#putBack.pop() ?? (this.#hasEnded ? undefined : this.#next())
      if (batch !== undefined) return batch
      this.#hasEnded ||= this.#isSilent || this.shared.stopping.isRequested
      if (this.#hasEnded) return undefined
      yield this.#changed
    }
  }

  /** The next datagram that is not empty. */
  #next(): Batch | undefined {
    for (let bytes = this.#waiting.shift(); bytes !== undefined; bytes = this.#waiting.shift()) {
      this.#hasReceived = true
      this.#size -= bytes.length + overhead
      if (bytes.length > 0) return batchOf(bytes)
    }
    return undefined
  }

  *#deliver(batch: Batch): Task<void> {
    try {
      for (const datagram of datagramsOf(batch)) yield* this.#send(datagram)
    } finally {
      releaseBlock(batch.block)
    }
  }

  *#send(datagram: Buffer): Task<void> {
    let outcome: { error: Error | null } | undefined
    // The system may take it later, when its block is another's.
    this.shared.socket.send(Buffer.from(datagram), this.peer.port, this.peer.host, (error) => {
      outcome = { error }
      this.#changed.wake()
    })
    while (outcome === undefined) yield this.#changed
    if (outcome.error === null) return
    const failure = asSystemError(outcome.error)
    throw failure instanceof SystemError ? new WriteError(failure) : failure
  }

  #release(): void {
    for (const { block } of this.#putBack.splice(0)) releaseBlock(block)
  }
}

/** Bytes of one client that wait to be received, at most. */
const mostHeld = 1024 * 1024

/** What a datagram takes besides its bytes. */
const overhead = 128
