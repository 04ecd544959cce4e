import { race, type Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { batchOf, releaseBlock } from '../../../kernel/block.js'
import { addressName, type InternetAddress } from '../address.js'
import { type Datagrams, openDatagrams } from '../datagrams.js'
import { delay } from '../delay.js'
import { connectFailure, listenFailure } from '../failure.js'
import { ownAddress, say } from './say.js'
import type { NcSettings } from './settings.js'
import type { Pass } from './traffic.js'

/** Sends standard input to one peer as datagrams. Throws `ToolError`. */
export function* callByDatagrams(
  address: InternetAddress,
  settings: NcSettings,
  io: StageIo,
  pass: Pass,
): Task<void> {
  const datagrams = yield* connectDatagrams(address, settings)
  const name = addressName(datagrams.peer ?? address)
  if (settings.verbose) yield* say(io, `sending to ${name}`)
  yield* pass(datagrams, { name, isClient: false, endsSilently: true })
}

/** Answers the first who sends something, or with -k whoever was heard last. Throws `ToolError`. */
export function* serveByDatagrams(
  address: InternetAddress,
  settings: NcSettings,
  io: StageIo,
  pass: Pass,
): Task<void> {
  const own = ownAddress(address, settings)
  const datagrams = yield* bindDatagrams(own, settings)
  try {
    if (settings.verbose) yield* say(io, `listening at ${addressName(datagrams.local)}`)
    const sender = yield* datagrams.nextSender()
    if (settings.verbose) yield* say(io, `datagram from ${addressName(sender)}`)
    if (!settings.keepOpen) yield* datagrams.connect(sender)
    const name = settings.keepOpen ? addressName(own) : addressName(sender)
    yield* pass(datagrams, { name, isClient: true, endsSilently: true })
  } finally {
    datagrams.abort()
  }
}

/** A port that answers, or that the system does not know to be closed, counts as open. Throws `ToolError`. */
export function* probeByDatagram(address: InternetAddress, settings: NcSettings): Task<void> {
  const datagrams = yield* connectDatagrams(address, settings)
  try {
    yield* datagrams.sink.deliver(batchOf(new Uint8Array()))
    yield* race([answer(datagrams), delay(settings.traffic.timeout ?? probeMilliseconds)])
  } catch (error) {
    throw connectFailure(error, addressName(datagrams.peer ?? address))
  } finally {
    datagrams.abort()
  }
}

const probeMilliseconds = 1000

function* answer({ source }: Datagrams): Task<void> {
  const batch = yield* source.receive()
  if (batch !== undefined) releaseBlock(batch.block)
}

function* connectDatagrams(address: InternetAddress, { family, from }: NcSettings): Task<Datagrams> {
  const { host = '127.0.0.1', port } = address
  let datagrams: Datagrams | undefined
  try {
    datagrams = yield* openDatagrams(host, family)
    if (from.host !== undefined || from.port !== undefined) yield* datagrams.bind(from)
    yield* datagrams.connect({ kind: 'internet', host, port })
    return datagrams
  } catch (error) {
    datagrams?.abort()
    throw connectFailure(error, addressName({ ...address, host }))
  }
}

function* bindDatagrams(address: InternetAddress, { family }: NcSettings): Task<Datagrams> {
  let datagrams: Datagrams | undefined
  try {
    datagrams = yield* openDatagrams(address.host, family)
    yield* datagrams.bind(address)
    return datagrams
  } catch (error) {
    datagrams?.abort()
    throw listenFailure(error, addressName(address))
  }
}
