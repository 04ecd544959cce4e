import { type IncomingMessage, request } from 'node:http'
import { Duplex } from 'node:stream'
import { ToolError } from '../../../base/error.js'

/** Bytes that a message's head may have. */
const maxHeaderSize = 256 * 1024

/** One response on its way through Node's own parser, which believes that it sits at a connection. */
export interface Exchange {
  /** The message, once its head was read; interim ones (1xx) are passed over. */
  readonly response: IncomingMessage | undefined
  readonly complete: boolean
  /** The message was the last in HTTP (101, or CONNECT): what follows is another protocol's. */
  readonly switched: boolean
  /** Gives the parser bytes of this message and none behind it. Throws `ToolError` when it is malformed. */
  feed(bytes: Buffer): void
  /** Says that the connection has ended; `complete` tells then whether the message has. */
  finish(): Promise<void>
  close(): void
}

/** Opens the reading of the answer to a request with that method, which decides whether there is a body. */
export async function openExchange(method: string): Promise<Exchange> {
  const connection = new Duplex({
    read: () => undefined,
    // What the parser's side would send to a server goes nowhere.
    write: (_bytes, _encoding, done) => done(),
  })
  let response: IncomingMessage | undefined
  let failure: Error | undefined
  let switched = false
  const fail = (error: Error): void => void (failure ??= error)
  const begin = (message: IncomingMessage): void => {
    response = message.on('error', fail)
  }
  const switchOver = (message: IncomingMessage): void => {
    begin(message)
    switched = true
  }
  const sent = request({
    method,
    path: method === 'CONNECT' ? 'host:80' : '/',
    createConnection: () => connection,
    maxHeaderSize,
    insecureHTTPParser: false,
  })
  // No limit but the head's size: headers beyond one would be dropped silently.
  sent.maxHeadersCount = 0
  const closed = new Promise<void>((resolve) => sent.once('close', resolve))
  sent.on('response', begin).on('upgrade', switchOver).on('connect', switchOver).on('error', fail).end()
  // The parser listens to the connection a turn after it was given to the request.
  await new Promise<void>((resolve) => sent.once('socket', () => setImmediate(resolve)))

  return {
    get response() {
      return response
    },
    get complete() {
      return response?.complete === true
    },
    get switched() {
      return switched
    },
    feed(bytes) {
      connection.push(bytes)
      if (failure !== undefined) throw malformed(failure)
    },
    async finish() {
      connection.push(null)
      // A body that is not read to its end keeps the request open.
      response?.resume()
      await closed
    },
    close() {
      sent.destroy()
      connection.destroy()
    },
  }
}

/** What Node's parser has against a message. */
export function malformed(error: Error): ToolError {
  const told = 'reason' in error ? String(error.reason) : error.message
  // So it says for HTTP/2, which `curl -i` prints as if it were text.
  const reason = told === 'Expected dot' ? 'it is not HTTP/1 (`curl --http1.1` asks for that)' : told
  return new ToolError(`the response is malformed: ${reason}`, 1)
}
