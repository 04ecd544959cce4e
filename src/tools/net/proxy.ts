import { isIPv4, isIPv6, type Socket } from 'node:net'
import { ToolError } from '../../base/error.js'
import { Signal, type Task } from '../../base/task.js'
import { type Address, addressName } from './address.js'

/** Who connects for us, and how it is asked. */
export interface Proxy {
  readonly protocol: 'socks4' | 'socks5' | 'http'
  readonly address: Address & { readonly kind: 'internet' }
  readonly credentials: Credentials | undefined
}

/** These stand in no message. */
export interface Credentials {
  readonly user: string
  readonly password: string
}

/** The host and the port that are asked for. */
interface Destination {
  readonly host: string
  readonly port: number
}

/** Has the proxy at the other end of the socket connect to the destination. Throws `ToolError`. */
export function* askProxy(
  socket: Socket,
  { protocol, address, credentials }: Proxy,
  destination: Destination,
): Task<void> {
  const exchange = exchangeWith(socket)
  const problem =
    protocol === 'http'
      ? yield* askHttp(exchange, destination, credentials)
      : protocol === 'socks4'
        ? yield* askSocks4(exchange, destination, credentials)
        : yield* askSocks5(exchange, destination, credentials)
  if (problem === undefined) return
  const { host, port } = destination
  throw new ToolError(`connect to ${host} port ${port} through ${addressName(address)}: ${problem}`, 1)
}

/** Questions and answers over a socket, of which no byte more is read than asked for. */
interface Exchange {
  send(bytes: Uint8Array): void
  /** So many bytes; undefined when the proxy ends before. */
  receive(size: number): Task<Buffer | undefined>
}

function exchangeWith(socket: Socket): Exchange {
  const changed = new Signal()
  const wake = (): void => changed.wake()
  return {
    send: (bytes) => void socket.write(bytes),
    *receive(size) {
      const events = ['readable', 'end', 'close'] as const
      for (const event of events) socket.on(event, wake)
      try {
        for (;;) {
          const bytes = socket.read(size) as Buffer | null
          if (bytes?.length === size) return bytes
          if (bytes !== null || socket.readableEnded || socket.destroyed) return undefined
          yield changed
        }
      } finally {
        for (const event of events) socket.off(event, wake)
      }
    },
  }
}

const gone = 'the proxy ended the connection'

/** RFC 9110 section 9.3.6. */
function* askHttp(
  { send, receive }: Exchange,
  { host, port }: Destination,
  credentials: Credentials | undefined,
): Task<string | undefined> {
  const authority = `${isIPv6(host) ? `[${host}]` : host}:${port}`
  const secret = credentials && Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')
  const lines = [
    `CONNECT ${authority} HTTP/1.1`,
    `Host: ${authority}`,
    ...(secret === undefined ? [] : [`Proxy-Authorization: Basic ${secret}`]),
  ]
  send(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`))
  let head = ''
  while (!head.endsWith('\r\n\r\n')) {
    const byte = yield* receive(1)
    if (byte === undefined) return gone
    head += byte.toString('latin1')
    if (head.length > longestHead) return 'the proxy does not answer in HTTP'
  }
  const [, code, phrase = ''] = /^HTTP\/1\.\d (\d{3}) ?([^\r\n]*)/.exec(head) ?? []
  if (code === undefined) return 'the proxy does not answer in HTTP'
  return code.startsWith('2') ? undefined : `the proxy answered ${code} ${phrase}`.trimEnd()
}

const longestHead = 16 * 1024

/** SOCKS4, and for names 4a: there is no RFC, but the memos of the protocol's authors. */
function* askSocks4(
  { send, receive }: Exchange,
  { host, port }: Destination,
  credentials: Credentials | undefined,
): Task<string | undefined> {
  if (isIPv6(host)) return 'SOCKS4 knows no IPv6'
  const isNumber = isIPv4(host)
  // 0.0.0.x stands for a name behind the user.
  const address = isNumber ? host.split('.').map(Number) : [0, 0, 0, 1]
  send(
    Buffer.concat([
      Buffer.from([4, 1, port >> 8, port & 0xff, ...address]),
      Buffer.from(`${credentials?.user ?? ''}\0${isNumber ? '' : `${host}\0`}`),
    ]),
  )
  const answer = yield* receive(8)
  if (answer === undefined) return gone
  return answer[1] === 90 ? undefined : 'the proxy refused, or could not connect'
}

/** RFC 1928, with the password of RFC 1929. */
function* askSocks5(
  { send, receive }: Exchange,
  { host, port }: Destination,
  credentials: Credentials | undefined,
): Task<string | undefined> {
  send(Buffer.from(credentials === undefined ? [5, 1, 0] : [5, 2, 0, 2]))
  const chosen = yield* receive(2)
  if (chosen === undefined) return gone
  if (chosen[0] !== 5) return 'the proxy does not speak SOCKS5'
  if (chosen[1] === 2 && credentials !== undefined) {
    const { user, password } = credentials
    send(Buffer.concat([Buffer.from([1]), counted(user), counted(password)]))
    const verdict = yield* receive(2)
    if (verdict === undefined) return gone
    if (verdict[1] !== 0) return 'the proxy does not know the user or the password'
  } else if (chosen[1] !== 0)
    return credentials === undefined
      ? 'the proxy asks for a user and a password'
      : 'the proxy refused the user'
  send(Buffer.concat([Buffer.from([5, 1, 0]), socks5Address(host), Buffer.from([port >> 8, port & 0xff])]))
  const answer = yield* receive(4)
  if (answer === undefined) return gone
  if (answer[1] !== 0) return socks5Problems[answer[1] ?? 0] ?? `the proxy answered ${answer[1]}`
  // The address that the proxy connects from.
  const length = answer[3] === 1 ? 4 : answer[3] === 4 ? 16 : ((yield* receive(1))?.[0] ?? 0)
  return (yield* receive(length + 2)) === undefined ? gone : undefined
}

function socks5Address(host: string): Buffer {
  if (isIPv4(host)) return Buffer.from([1, ...host.split('.').map(Number)])
  if (isIPv6(host)) return Buffer.from([4, ...ipv6Bytes(host)])
  return Buffer.concat([Buffer.from([3]), counted(host)])
}

function ipv6Bytes(address: string): number[] {
  const [text = ''] = address.split('%')
  const hexadecimal = text.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_all, a, b, c, d) =>
    [Number(a) * 256 + Number(b), Number(c) * 256 + Number(d)].map((group) => group.toString(16)).join(':'),
  )
  const [before = [], after = []] = hexadecimal
    .split('::')
    .map((part) => (part === '' ? [] : part.split(':').map((group) => parseInt(group, 16))))
  const zeros = Array<number>(8 - before.length - after.length).fill(0)
  return [...before, ...zeros, ...after].flatMap((group) => [group >> 8, group & 0xff])
}

/** Text behind its length in a byte. */
function counted(text: string): Buffer {
  const bytes = Buffer.from(text)
  return Buffer.concat([Buffer.from([bytes.length]), bytes])
}

/** RFC 1928 section 6. */
const socks5Problems: Readonly<Record<number, string>> = {
  1: 'general failure of the proxy',
  2: 'not allowed by the proxy',
  3: 'network is unreachable',
  4: 'no route to host',
  5: 'connection refused',
  6: 'connection timed out',
  7: 'the proxy cannot connect',
  8: 'the proxy does not know this kind of address',
}
