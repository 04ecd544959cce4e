import http from 'node:http'
import https from 'node:https'
import type { Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import type { Field } from './head.js'
import type { Message } from './message.js'
import type { Payload } from './payload.js'
import { type Reply, Transfer } from './transfer.js'

export interface ClientOptions {
  /** Milliseconds that an exchange may take; undefined for as long as it takes. */
  readonly timeout: number | undefined
  /** Whether certificates are checked, and by which authorities instead of the usual ones. */
  readonly verify: boolean
  readonly authorities: Buffer | undefined
}

export interface Client {
  /** Sends a message and waits for the head of its answer; the one before is over then. Throws `ToolError`. */
  send(message: Message, payload: Payload): Task<Reply>
  /** Ends all connections. */
  close(): void
}

/** A client whose connections stay open from one exchange to the next. */
export function createClient(
  { timeout, verify, authorities }: ClientOptions,
  io: Pick<StageIo, 'stdout' | 'start'>,
): Client {
  const lasting = { keepAlive: true, maxSockets: 1 }
  const trust = { rejectUnauthorized: verify, ...(authorities === undefined ? {} : { ca: authorities }) }
  const agents = { http: new http.Agent(lasting), https: new https.Agent({ ...lasting, ...trust }) }
  let current: Transfer | undefined

  return {
    *send(message, payload) {
      current?.end()
      const fields = [...message.fields, ...payload.fields]
      const transfer = begin(message, fields)
      try {
        return yield* transfer.run(payload)
      } catch (error) {
        if (!transfer.wasStale || !idempotent.has(message.method)) throw error
        transfer.end()
        return yield* begin(message, fields).run(payload)
      }
    },
    close() {
      current?.end()
      agents.http.destroy()
      agents.https.destroy()
    },
  }

  function begin({ method, target }: Message, fields: readonly Field[]): Transfer {
    const { secure, hostname, port, path } = target
    const open = secure ? https.request : http.request
    const sent = open({
      agent: secure ? agents.https : agents.http,
      ...{ method, hostname, port, path },
      // Node writes a character as a byte.
      headers: fields.flatMap(([name, value]) => [name, Buffer.from(value).toString('latin1')]),
      insecureHTTPParser: false,
    })
    sent.maxHeadersCount = 0
    current = new Transfer(sent, target, io, timeout)
    return current
  }
}

/** RFC 9110 section 9.2.2. */
const idempotent = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'])
