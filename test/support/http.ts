import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { onTestFinished } from 'vitest'

/** What a server made of a request. */
export interface Received {
  readonly method: string
  readonly url: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

export interface TestServer {
  readonly port: number
  readonly received: Received[]
  /** How many connections were made. */
  readonly connections: () => number
}

type Answer = (request: Received, response: ServerResponse, message: IncomingMessage) => void

/** A server of Node's that remembers what it got; it ends with the test. */
export async function startServer(
  answer: Answer = (_request, response) => void response.end('ok\n'),
  create: (handler: (message: IncomingMessage, response: ServerResponse) => void) => Server = createServer,
): Promise<TestServer> {
  const received: Received[] = []
  let connections = 0
  const server = create((message, response) => {
    const pieces: Buffer[] = []
    message.on('data', (piece: Buffer) => pieces.push(piece))
    message.on('end', () => {
      const { method = '', url = '', headers } = message
      const request = { method, url, headers, body: Buffer.concat(pieces) }
      received.push(request)
      answer(request, response, message)
    })
  })
  server.on('connection', () => connections++)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, received, connections: () => connections }
}

/** A server that takes one request, whatever it is, and answers with these bytes. */
export async function startRawServer(answer: (request: Buffer) => Uint8Array | undefined): Promise<number> {
  const server = createTcpServer((socket) => {
    const pieces: Buffer[] = []
    socket.on('data', (piece) => {
      pieces.push(piece)
      const bytes = answer(Buffer.concat(pieces))
      if (bytes !== undefined) socket.end(bytes)
    })
    socket.on('error', () => undefined)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}
