import { UsageError } from '../../base/error.js'
import { quote } from '../../base/quote.js'

/** Where to connect to or to listen. */
export type Address = InternetAddress | { readonly kind: 'unix'; readonly path: string }

/** A host may be a name or a number, undefined for this machine. */
export interface InternetAddress {
  readonly kind: 'internet'
  readonly host: string | undefined
  readonly port: number
}

/**
 * `HOST:PORT`, `:PORT`, `[V6]:PORT` or `unix:PATH`. Throws `UsageError`, which underlines `argument`; its `help` says
 * what to write instead.
 */
export function parseAddress(text: string, argument: number): Address {
  if (text.startsWith('unix:')) return parsePath(text.slice('unix:'.length), argument)
  const { host, port } = splitAddress(text, argument)
  return {
    kind: 'internet',
    host: host === undefined ? undefined : parseHost(host, argument),
    port: parsePort(port, argument),
  }
}

/** The two parts of `HOST:PORT`, with the port as it is written. */
function splitAddress(text: string, argument: number): { host: string | undefined; port: string } {
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:]*)):([^:]*)$/.exec(text) ?? []
  if (port !== undefined) {
    const host = bracketed ?? plain ?? ''
    return { host: host === '' ? undefined : host, port }
  }
  const help = text.includes('::')
    ? `write brackets around the host: [${text}]:PORT`
    : 'write HOST:PORT, :PORT, [V6]:PORT or unix:PATH'
  throw new UsageError(`invalid address '${text}'`, { argument, help })
}

/** A name or a number, with characters that mean nothing to the protocols it is told in. Throws `UsageError`. */
export function parseHost(text: string, argument: number): string {
  if (/^[^\s/@[\]\0-\x1f\x7f]{1,253}$/.test(text)) return text
  throw new UsageError(`invalid host ${quote(text)}`, { argument })
}

/** A port from 0 to 65535. Throws `UsageError`. */
export function parsePort(text: string, argument: number): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN
  if (port <= 65535) return port
  throw new UsageError(`invalid port '${text}'`, { argument, help: 'a port is a number from 0 to 65535' })
}

/** The path of a Unix socket, as long as the system takes it (sun_path, unix(7)). Throws `UsageError`. */
export function parsePath(path: string, argument: number): Address {
  const length = Buffer.byteLength(path)
  if (length > 0 && length <= longestPath) return { kind: 'unix', path }
  const problem =
    length === 0 ? 'the path is empty' : `the path has ${length} bytes, and the system takes ${longestPath}`
  throw new UsageError(`invalid Unix socket address: ${problem}`, { argument })
}

const longestPath = process.platform === 'linux' ? 107 : 103

/** As it stands in messages: `127.0.0.1 port 80`, `unix:/run/x`. */
export function addressName(address: Address): string {
  if (address.kind === 'unix') return `unix:${address.path}`
  const { host = 'localhost', port } = address
  // An IPv4 address that a socket of both families heard of (RFC 4291 section 2.5.5.2).
  return `${host.replace(/^::ffff:(?=\d+\.)/, '')} port ${port}`
}
