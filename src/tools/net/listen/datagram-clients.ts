import { createSocket, type Socket, type SocketType } from 'node:dgram'
import { fstatSync, readFileSync } from 'node:fs'
import { isIPv6 } from 'node:net'
import { asSystemError } from '../../../base/error.js'
import type { Stopping } from '../../../base/stopping.js'
import { Signal, type Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { addressName, type InternetAddress } from '../address.js'
import { type Endpoint, socketTypeFor } from '../datagrams.js'
import { listenFailure } from '../failure.js'
import type { Client, Clients } from './client.js'
import { DatagramClient } from './datagram-client.js'
import { firstHandedOver, isHandedOver } from './handed-over.js'

/** Those that send to a UDP socket, at most `max` at a time. Throws `ToolError`. */
export function* datagramClients(address: InternetAddress, max: number, io: StageIo): Task<Clients> {
  try {
    const descriptor = isHandedOver(io.env) ? firstHandedOver : undefined
    const type = descriptor === undefined ? yield* socketTypeFor(address.host, undefined) : typeOf(descriptor)
    const socket = createSocket({ type, recvBufferSize: receiveBuffer, lookup: asWritten })
    const { host, port } = address
    const place = host === undefined ? { port } : { port, address: host }
    yield* bind(socket, descriptor === undefined ? place : { fd: descriptor })
    return new DatagramClients(socket, max, io.stopping)
  } catch (error) {
    throw listenFailure(error, addressName(address))
  }
}

/** Each address is a client until its pipeline is over; what others than `max` send meanwhile is lost. */
class DatagramClients implements Clients {
  readonly name: string
  readonly port: number
  readonly #known = new Map<string, DatagramClient>()
  readonly #unserved: DatagramClient[] = []
  readonly #changed = new Signal()
  #isClosed = false
  #isSocketClosed = false
  #failure: Error | undefined

  constructor(
    private readonly socket: Socket,
    private readonly max: number,
    private readonly stopping: Stopping,
  ) {
    const { address: host, port } = socket.address()
    this.name = addressName({ kind: 'internet', host, port })
    this.port = port
    socket.on('message', (bytes, { address: host, port }) =>
      this.#take({ kind: 'internet', host, port }, [bytes]),
    )
    socket.on('error', (error) => {
      this.#failure = asSystemError(error)
      this.#changed.wake()
    })
    stopping.signal.subscribe(() => {
      for (const client of this.#known.values()) client.wake()
    })
  }

  *next(): Task<Client> {
    for (;;) {
      const client = this.#unserved.shift()
      if (client !== undefined) return client
      if (this.#failure !== undefined) throw listenFailure(this.#failure, this.name)
      yield this.#changed
    }
  }

  close(): void {
    this.#isClosed = true
    for (const client of this.#unserved.splice(0)) client.drop()
    this.#closeWhenUnused()
  }

  #take(from: Endpoint, datagrams: readonly Buffer[]): void {
    const key = `${from.host} ${from.port}`
    let client = this.#known.get(key)
    if (client === undefined) {
      if (this.#isClosed || this.#known.size >= this.max || datagrams.length === 0) return
      client = new DatagramClient(from, {
        socket: this.socket,
        stopping: this.stopping,
        dropped: (left) => {
          this.#known.delete(key)
          this.#take(from, left)
          this.#closeWhenUnused()
        },
      })
      this.#known.set(key, client)
      this.#unserved.push(client)
      this.#changed.wake()
    }
    for (const datagram of datagrams) client.take(datagram)
  }

  /** The clients that are left still send. */
  #closeWhenUnused(): void {
    if (!this.#isClosed || this.#known.size > 0 || this.#isSocketClosed) return
    this.#isSocketClosed = true
    this.socket.close()
  }
}

function* bind(socket: Socket, where: { port: number; address?: string } | { fd: number }): Task<void> {
  const changed = new Signal()
  let outcome: { error?: Error } | undefined
  const settle = (error?: Error): void => {
    outcome = error === undefined ? {} : { error }
    changed.wake()
  }
  socket.once('error', settle).once('listening', () => settle())
  socket.bind(where)
  while (outcome === undefined) yield changed
  socket.removeListener('error', settle)
  if (outcome.error === undefined) return
  socket.close()
  throw outcome.error
}

/** What an open UDP socket is of: the system lists those of IPv6 by their inodes (proc(5)). */
function typeOf(descriptor: number): SocketType {
  const inode = fstatSync(descriptor).ino
  const isOfIpv6 = readFileSync('/proc/net/udp6', 'latin1').includes(` ${inode} `)
  return isOfIpv6 ? 'udp6' : 'udp4'
}

/** Answers go to addresses, which need no lookup. */
function asWritten(
  host: string,
  _options: unknown,
  callback: (error: null, address: string, family: number) => void,
): void {
  callback(null, host, isIPv6(host) ? 6 : 4)
}

/** Bytes that the system may keep for us, as far as it allows (net.core.rmem_max). */
const receiveBuffer = 4 * 1024 * 1024
