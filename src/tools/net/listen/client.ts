import type { Task } from '../../../base/task.js'
import type { Connection } from '../connection.js'

/** Who a pipeline is run for. */
export interface Client {
  /** Without its address for a Unix socket's. */
  readonly remote: Place
  readonly local: Place
  /** What its pipeline reads and writes. Throws `ToolError`. */
  connect(): Task<Pick<Connection, 'source' | 'sink' | 'failure' | 'finish'>>
  /** Calls `action` with what did not happen for so long, when a client is to be given up for it. */
  onSilence(milliseconds: number, action: (what: string) => void): void
  /** Ends what is under way. Idempotent. */
  drop(): void
}

/** One end of the way to a client. */
export interface Place {
  readonly address: string
  readonly port: number | undefined
}

/** Where clients come from. */
export interface Clients {
  /** Where they are listened for, with the port that the system chose. */
  readonly name: string
  /** The port of it; undefined for a Unix socket. */
  readonly port: number | undefined
  /** Waits for the next one. Throws `ToolError`. */
  next(): Task<Client>
  /** Takes no more of them; those that were taken stay. Idempotent. */
  close(): void
}

/** An IPv4 address that a socket of both families has as an IPv6 one is told as what it is (RFC 4291 section 2.5.5.2). */
export function plainAddress(address = ''): string {
  return address.startsWith('::ffff:') ? address.replace(/^::ffff:(?=\d+\.)/, '') : address
}
