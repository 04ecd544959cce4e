import type { Socket } from 'node:net'
import type { Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { type Address, addressName } from '../address.js'
import type { NcSettings } from './settings.js'

/** Writes a message on standard error, now. */
export function* say(io: StageIo, message: string): Task<void> {
  io.warn(message)
  if (io.stderr.pending > 0) yield* io.stderr.flush()
}

/** Where to listen: -s may say it in the host's place. */
export function ownAddress<Own extends Address>(address: Own, { from }: NcSettings): Own {
  return address.kind === 'internet' ? { ...address, host: address.host ?? from.host } : address
}

/** What messages call the other side of a connected socket. */
export function peerName({ remoteAddress: host, remotePort: port }: Socket, address: Address): string {
  if (host === undefined || port === undefined) return addressName(address)
  return addressName({ kind: 'internet', host, port })
}
