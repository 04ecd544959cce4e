import { createSocket, type Socket, type SocketType } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { isIPv6 } from 'node:net'
import { networkInterfaces } from 'node:os'
import { asSystemError, SystemError, WriteError } from '../../base/error.js'
import type { Batch } from '../../base/io.js'
import { Signal, type Task, until } from '../../base/task.js'
import { batchOf, releaseBlock } from '../../kernel/block.js'
import type { BatchSink, BatchSource } from '../../kernel/channel.js'
import type { InternetAddress } from './address.js'
import type { Connection } from './connection.js'

/** An address of another UDP socket. */
export type Endpoint = InternetAddress & { readonly host: string }

/** Makes a UDP socket that can reach the host, or that hears all. */
export function* openDatagrams(host: string | undefined, family: 4 | 6 | undefined): Task<Datagrams> {
  return new Datagrams(yield* socketTypeFor(host, family))
}

/** That of the host; without one, that of IPv6, which hears both families, where there is IPv6. */
export function* socketTypeFor(host: string | undefined, family: 4 | 6 | undefined): Task<SocketType> {
  if (host === undefined) return (family ?? (hasIpv6() ? 6 : 4)) === 4 ? 'udp4' : 'udp6'
  const { address } = yield* until(lookup(host, { family: family ?? 0 }))
  return isIPv6(address) ? 'udp6' : 'udp4'
}

function hasIpv6(): boolean {
  return Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some(({ family }) => family === 'IPv6'),
  )
}

/** A UDP socket as a connection whose batches are datagrams. No end can be told: only a failure breaks it. */
export class Datagrams implements Connection {
  readonly source: BatchSource
  readonly sink: BatchSink
  readonly peerEnded = false
  readonly #socket: Socket
  readonly #changed = new Signal()
  readonly #received: { readonly bytes: Buffer; readonly from: Endpoint }[] = []
  #size = 0
  #peer: Endpoint | undefined
  #isConnected = false
  #failure: Error | undefined
  #isClosed = false

  constructor(type: SocketType) {
    const wake = (): void => this.#changed.wake()
    const closing = new Signal()
    this.#socket = createSocket({ type }).on('listening', wake).on('connect', wake)
    this.#socket.on('message', (bytes, { address, port }) => {
      // What nobody takes is lost, as it is in the system's own buffer.
      if (bytes.length === 0 || this.#size + bytes.length > mostHeld) return
      this.#received.push({ bytes, from: { kind: 'internet', host: address, port } })
      this.#size += bytes.length
      wake()
    })
    this.#socket.on('error', (error) => {
      this.#failure ??= asSystemError(error)
      wake()
      closing.wake()
    })
    const isOver = (): boolean => this.#isClosed || this.#failure !== undefined
    const putBack: Batch[] = []
    this.source = {
      receive: this.#receive.bind(this, putBack),
      putBack: (batch) => putBack.push(batch),
      close: () => {
        for (const { block } of putBack.splice(0)) releaseBlock(block)
      },
    }
    this.sink = {
      deliver: this.#deliver.bind(this),
      close: () => undefined,
      get closed() {
        return isOver()
      },
      closing,
    }
  }

  get failure(): Error | undefined {
    return this.#failure
  }

  get local(): Endpoint {
    const { address, port } = this.#socket.address()
    return { kind: 'internet', host: address, port }
  }

  /** Who is sent to. */
  get peer(): Endpoint | undefined {
    return this.#peer
  }

  /** Throws `SystemError`. */
  *bind({
    host,
    port = 0,
  }: {
    readonly host: string | undefined
    readonly port: number | undefined
  }): Task<void> {
    let isBound = false
    this.#socket.once('listening', () => (isBound = true))
    this.#socket.bind(host === undefined ? { port } : { port, address: host })
    yield* this.#wait(() => isBound)
  }

  /** Sends to this peer alone, and receives from it alone. Throws `SystemError`. */
  *connect({ host, port }: Endpoint): Task<void> {
    this.#socket.once('connect', () => (this.#isConnected = true))
    this.#socket.connect(port, host)
    yield* this.#wait(() => this.#isConnected)
    const { address, port: remotePort } = this.#socket.remoteAddress()
    this.#peer = { kind: 'internet', host: address, port: remotePort }
  }

  /** Waits for a datagram, which is received next, and gives its sender. */
  *nextSender(): Task<Endpoint> {
    for (;;) {
      const [next] = this.#received
      if (next !== undefined) return next.from
      yield* this.#wait(() => this.#received.length > 0)
    }
  }

  *finish(): Task<void> {
    this.abort()
  }

  abort(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.source.close()
    this.#socket.close()
    this.#changed.wake()
  }

  *#receive(putBack: Batch[]): Task<Batch | undefined> {
    for (;;) {
      const batch = putBack.pop()
      if (batch !== undefined) return batch
      yield* this.#wait(() => this.#received.length > 0 || this.#isClosed)
      const next = this.#received.shift()
      if (next === undefined) return undefined
      const { bytes, from } = next
      this.#size -= bytes.length
      // Before it was connected others were heard too.
      if (this.#isConnected && (from.host !== this.#peer?.host || from.port !== this.#peer.port)) continue
      this.#peer = from
      return batchOf(bytes)
    }
  }

  *#deliver(batch: Batch): Task<void> {
    try {
      for (const datagram of datagramsOf(batch)) yield* this.#send(datagram)
    } finally {
      releaseBlock(batch.block)
    }
  }

  *#send(bytes: Buffer): Task<void> {
    let outcome: { error: Error | null } | undefined
    const done = (error: Error | null): void => {
      outcome = { error }
      this.#changed.wake()
    }
    const copy = Buffer.from(bytes)
    if (this.#isConnected) this.#socket.send(copy, done)
    else if (this.#peer !== undefined) this.#socket.send(copy, this.#peer.port, this.#peer.host, done)
    yield* this.#wait(() => outcome !== undefined)
    if (outcome?.error === null || outcome === undefined) return
    const failure = asSystemError(outcome.error)
    this.#failure ??= failure
    throw failure instanceof SystemError ? new WriteError(failure) : failure
  }

  *#wait(isReady: () => boolean): Task<void> {
    while (!isReady()) {
      if (this.#failure !== undefined) throw this.#failure
      yield this.#changed
    }
  }
}

/** The bytes of a batch as datagrams: one, unless they are too many for it. */
export function* datagramsOf({ block, start, end }: Batch): Generator<Buffer, void, void> {
  let at = start
  do {
    yield block.subarray(at, Math.min(at + longestDatagram, end))
    at += longestDatagram
  } while (at < end)
}

/** What IPv4 and UDP leave for the bytes of a datagram. */
const longestDatagram = 65_507

/** Bytes that wait to be received, at most. */
const mostHeld = 8 * 1024 * 1024
