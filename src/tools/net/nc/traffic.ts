import { ToolError } from '../../../base/error.js'
import { race, type Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { Reader } from '../../../kernel/reader.js'
import { Writer } from '../../../kernel/writer.js'
import type { Connection } from '../connection.js'
import { delay } from '../delay.js'
import { socketReason } from '../failure.js'
import { outgoing } from './outgoing.js'
import { watchSent } from './closing-request.js'
import type { HexDump } from './hex-dump.js'
import type { TrafficSettings } from './settings.js'

/** Who the other side is. */
export interface Peer {
  /** As messages call it. */
  readonly name: string
  /** Whether it came to us. */
  readonly isClient: boolean
  /** Whether silence is the only end there is (UDP). */
  readonly endsSilently?: boolean
}

/** Passes traffic over a connection as all of a run do. */
export type Pass = (connection: Connection, peer: Peer) => Task<void>

/** How traffic passes, and where it is written down. */
export interface Traffic extends TrafficSettings {
  readonly dump: HexDump | undefined
}

/**
 * Sends standard input to the peer and prints what it sends, until one of them is over as the settings say. The
 * connection is closed then. Throws `ToolError` when it breaks before.
 */
export function* passTraffic(connection: Connection, peer: Peer, settings: Traffic, io: StageIo): Task<void> {
  const { sends, prints, tellsEnd, quitAfter, keepsSending, timeout, dump } = settings
  const { endsSilently = false } = peer
  const toPeer = new Writer(peer.name, dump?.sink(connection.sink) ?? connection.sink)
  const fromPeer = new Reader(peer.name, dump?.source(connection.source) ?? connection.source)
  /** How many batches are on their way, for a full pipe is no silence, and when the last one came or went. */
  let moving = 0
  let movedAt = performance.now()
  const sent = watchSent()
  let hasSent = false
  let isSent = !sends

  try {
    yield* race([untilPeerEnds(), untilStdinEnds(), untilSilence()])
    // Who says how long the peer may go on does not wait longer.
    yield* connection.finish(quitAfter === undefined ? undefined : 0)
  } catch (error) {
    throw error === connection.failure ? new ToolError(`${peer.name}: ${socketReason(error)}`, 1) : error
  } finally {
    connection.abort()
  }

  function* untilPeerEnds(): Task<void> {
    for (let batch = yield* fromPeer.read(); batch !== undefined; batch = yield* fromPeer.read()) {
      if (prints) yield* move(fromPeer.pass(io.stdout))
    }
    // It may have told the end of one direction only: what stands ready on standard input still goes out.
    movedAt = performance.now()
    while (!isSent && (keepsSending || moving > 0 || rested() < graceMilliseconds)) {
      yield* delay(graceMilliseconds)
      if (!keepsSending && moving > 0 && rested() > stallMilliseconds)
        throw new ToolError(`${peer.name}: it has ended, and takes no more of what is sent`, 1)
    }
  }

  function rested(): number {
    return performance.now() - movedAt
  }

  function* untilStdinEnds(): Task<void> {
    if (sends) yield* send()
    isSent = true
    if (sends && isEndAwaited()) connection.sink.close()
    const isOver = sends && (quitAfter !== undefined || !prints)
    yield* delay(isOver ? (quitAfter ?? 0) : Infinity)
  }

  function isEndAwaited(): boolean {
    if (tellsEnd !== 'usually') return tellsEnd === 'always'
    // A listener with nothing to say goes on listening: at once, its end would end many a client.
    if (peer.isClient) return hasSent
    // A server knows where a request ends, and nginx takes the end for the client's going in the middle of its answer.
    return !sent.isClosingRequest
  }

  function* send(): Task<void> {
    const { stdin } = io
    const sendBatch = outgoing(settings, stdin, toPeer)
    try {
      for (let batch = yield* stdin.read(); batch !== undefined; batch = yield* stdin.read()) {
        hasSent = true
        sent.see(batch)
        yield* move(sendBatch(batch))
      }
    } catch (error) {
      // What a peer that is gone said before, and whether it went in order, the other direction tells.
      if (!connection.sink.closed) throw error
    }
  }

  function* untilSilence(): Task<void> {
    const isAwaited = timeout === undefined && endsSilently && !peer.isClient
    const limit = timeout ?? (isAwaited ? silenceMilliseconds : Infinity)
    for (;;) {
      const left = limit - rested()
      if (left <= 0 && moving === 0 && (isSent || !isAwaited)) break
      yield* delay(left > 0 ? left : limit)
    }
    if (!endsSilently) throw new ToolError(`${peer.name}: silent for ${limit / 1000} s`, 1)
  }

  function* move(passing: Task<void>): Task<void> {
    moving++
    yield* passing
    moving--
    movedAt = performance.now()
  }
}

/** How long standard input may rest, in milliseconds, before a peer that has ended ends everything. */
const graceMilliseconds = 100

/** How long a peer that has ended may take for a batch, in milliseconds. */
const stallMilliseconds = 10_000

/** How long the answer of a peer that can tell no end is awaited behind standard input, in milliseconds. */
const silenceMilliseconds = 1000
