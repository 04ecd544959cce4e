import { UsageError } from '../../../base/error.js'

/** Where a request goes. */
export interface Target {
  readonly secure: boolean
  /** The host for the Host header: in brackets for IPv6, and with the port where it is not the scheme's own. */
  readonly authority: string
  /** The host to connect to. */
  readonly hostname: string
  readonly port: number
  /** Path and query as the request line has them. */
  readonly path: string
}

/** A target, and `user:password` when the URL held them. */
export interface ParsedUrl {
  readonly target: Target
  readonly credentials: string | undefined
}

/**
 * Reads `http://host/x`, `host/x` or, for this machine, `:8080/x`, and puts the query items behind its own query.
 * As a URL may hold a password, no message shows it. Throws `UsageError`.
 */
export function parseUrl(
  text: string,
  query: readonly (readonly [name: string, value: string])[],
  argument: number | undefined,
): ParsedUrl {
  const fail = (problem: string): never => {
    throw new UsageError(`the URL ${problem}`, argument === undefined ? {} : { argument })
  }
  // The URL parser would leave out tabs and line ends, and go on.
  if (/[\0-\x1f\x7f]/.test(text)) return fail('holds a control character')
  if (text === '') return fail('is empty')
  const [, scheme] = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text) ?? []
  if (scheme !== undefined && !/^https?$/i.test(scheme)) return fail('has another scheme than http and https')
  // The URL parser would take what is behind the slashes for the host.
  if (/^([^:/?#]+:\/\/)?[/?#]/.test(text)) return fail('has no host: write :8080/path for this machine')
  const whole = scheme !== undefined ? text : `http://${text.replace(/^:(?=\d*(?:[/?#]|$))/, 'localhost:')}`
  // A backslash is no slash, though the URL parser takes it for one; and blanks at the end it would leave out.
  const plain = whole.replaceAll('\\', '%5C').replaceAll(' ', '%20')
  const url = URL.canParse(plain) ? new URL(plain) : undefined
  if (url === undefined)
    return fail(/^[0-9a-f]*:[0-9a-f]*:/i.test(text) ? 'has an IPv6 address without brackets' : 'is not valid')
  if (url.port === '0') return fail('has the port 0')
  const added = new URLSearchParams(query.map(([name, value]): [string, string] => [name, value])).toString()
  const search = [url.search.replace(/^\?/, ''), added].filter((part) => part !== '').join('&')
  url.search = search
  const credentials = `${percentDecode(url.username)}:${percentDecode(url.password)}`
  return { target: targetOf(url), credentials: credentials === ':' ? undefined : credentials }
}

/** The target of an absolute URL of http or https. */
export function targetOf(url: URL): Target {
  const secure = url.protocol === 'https:'
  return {
    secure,
    authority: url.host,
    hostname: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    path: (url.pathname + url.search).replace(forbidden, (character) => encodeURIComponent(character)),
  }
}

/** The absolute URL of a target, to resolve others against. */
export function urlOf({ secure, authority, path }: Target): URL {
  return new URL(`${secure ? 'https' : 'http'}://${authority}${path}`)
}

/** What RFC 3986 allows in neither path nor query, and the URL parser leaves as it is; a stray percent sign too. */
const forbidden = /[^A-Za-z0-9\-._~!$&'()*+,;=:@/?%]|%(?![0-9A-Fa-f]{2})/gu

function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
