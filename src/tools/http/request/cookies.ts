import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { SystemError, system, ToolError } from '../../../base/error.js'
import { quoteFile } from '../../../base/quote.js'
import type { Target } from './url.js'

/** Cookies in a file of Netscape's format, as curl reads and writes it. */
export interface CookieJar {
  /** The Cookie header's value for a request; undefined when none is for it. */
  valueFor(target: Target): string | undefined
  /** Takes what a response sets. */
  store(target: Target, setCookies: readonly string[]): void
  /** Writes the file, whole or not at all. */
  save(): void
}

interface Cookie {
  readonly domain: string
  readonly includesSubdomains: boolean
  readonly path: string
  readonly secure: boolean
  /** Seconds since 1970; 0 for the end of the session. */
  readonly expires: number
  readonly name: string
  readonly value: string
  readonly httpOnly: boolean
}

/** Opens the jar; the file need not be there. Throws `ToolError`. */
export function openCookieJar(path: string): CookieJar {
  const cookies = new Map<string, Cookie>()
  for (const cookie of readJar(path)) cookies.set(keyOf(cookie), cookie)
  return {
    valueFor(target) {
      const fitting = [...cookies.values()].filter((cookie) => isFor(cookie, target) && !isExpired(cookie))
      // Longer paths first (RFC 6265 section 5.4).
      fitting.sort((one, other) => other.path.length - one.path.length)
      const pairs = fitting.map(({ name, value }) => (name === '' ? value : `${name}=${value}`))
      return pairs.length === 0 ? undefined : pairs.join('; ')
    },
    store(target, setCookies) {
      for (const text of setCookies) {
        const cookie = parseSetCookie(text, target)
        if (cookie === undefined) continue
        if (isExpired(cookie)) cookies.delete(keyOf(cookie))
        else cookies.set(keyOf(cookie), cookie)
      }
    },
    save() {
      const lines = [...cookies.values()].filter((cookie) => !isExpired(cookie)).map(lineOf)
      const temporary = `${path}.${process.pid}`
      attempt(path, () => {
        writeFileSync(temporary, `# Netscape HTTP Cookie File\n\n${lines.join('')}`, {
          mode: 0o600,
          encoding: 'latin1',
        })
        renameSync(temporary, path)
      })
    },
  }
}

function readJar(path: string): Cookie[] {
  const text = attempt(path, () => readFileSync(path, 'latin1'), 'ENOENT') ?? ''
  return text.split(/\r?\n/).flatMap((line) => {
    const httpOnly = line.startsWith(httpOnlyPrefix)
    const fields = (httpOnly ? line.slice(httpOnlyPrefix.length) : line).split('\t')
    const [domain = '', subdomains, cookiePath = '/', secure, expires, name, value = ''] = fields
    if (name === undefined || domain.startsWith('#')) return []
    return {
      ...{ domain: domain.replace(/^\./, '').toLowerCase(), includesSubdomains: subdomains === 'TRUE' },
      ...{ path: cookiePath, secure: secure === 'TRUE', expires: Number(expires), name, value, httpOnly },
    }
  })
}

const httpOnlyPrefix = '#HttpOnly_'

function lineOf({
  domain,
  includesSubdomains,
  path,
  secure,
  expires,
  name,
  value,
  httpOnly,
}: Cookie): string {
  const flag = (is: boolean): string => (is ? 'TRUE' : 'FALSE')
  const host = `${httpOnly ? httpOnlyPrefix : ''}${includesSubdomains ? '.' : ''}${domain}`
  return `${[host, flag(includesSubdomains), path, flag(secure), expires, name, value].join('\t')}\n`
}

function keyOf({ domain, path, name }: Cookie): string {
  return JSON.stringify([domain, path, name])
}

function isExpired({ expires }: Cookie): boolean {
  return expires !== 0 && expires * 1000 <= Date.now()
}

function isFor(cookie: Cookie, { hostname, path, secure }: Target): boolean {
  if (cookie.secure && !secure) return false
  const fitsHost = cookie.includesSubdomains ? isWithin(hostname, cookie.domain) : hostname === cookie.domain
  return fitsHost && isUnder(pathOf(path), cookie.path)
}

/** RFC 6265 section 5.1.3. */
function isWithin(host: string, domain: string): boolean {
  return host === domain || (host.endsWith(`.${domain}`) && isIP(host) === 0)
}

/** RFC 6265 section 5.1.4. */
function isUnder(path: string, prefix: string): boolean {
  return (
    path === prefix ||
    (path.startsWith(prefix) && (prefix.endsWith('/') || path.charAt(prefix.length) === '/'))
  )
}

function pathOf(path: string): string {
  return path.split('?', 1)[0] ?? '/'
}

/** RFC 6265 section 5.2 and 5.3; undefined for a cookie that the server may not set. */
function parseSetCookie(text: string, { hostname, path, secure }: Target): Cookie | undefined {
  const [pair = '', ...attributes] = text.split(';')
  const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(pair) ?? ['', '', pair]
  const given = new Map(
    attributes.map((attribute) => {
      const [key = '', ...rest] = attribute.split('=')
      return [key.trim().toLowerCase(), rest.join('=').trim()] as const
    }),
  )
  const domain = (given.get('domain') ?? '').replace(/^\./, '').toLowerCase()
  // A cookie for a whole top-level domain would go to everybody.
  if (domain !== '' && domain !== hostname && !(isWithin(hostname, domain) && domain.includes('.')))
    return undefined
  if (given.has('secure') && !secure) return undefined
  if (/[\0-\x08\x0a-\x1f\x7f]/.test(pair) || (name.trim() === '' && value.trim() === '')) return undefined
  const cookiePath = given.get('path') ?? ''
  return {
    domain: domain === '' ? hostname : domain,
    includesSubdomains: domain !== '' && isIP(hostname) === 0,
    path: cookiePath.startsWith('/') ? cookiePath : (/^(\/.*)\/[^/]*$/.exec(pathOf(path))?.[1] ?? '/'),
    secure: given.has('secure'),
    expires: expiry(given.get('max-age'), given.get('expires')),
    name: name.trim(),
    value: value.trim(),
    httpOnly: given.has('httponly'),
  }
}

/** When a cookie ends; Max-Age comes before Expires. */
function expiry(maxAge: string | undefined, expires: string | undefined): number {
  if (maxAge !== undefined && /^-?\d+$/.test(maxAge))
    return Number(maxAge) <= 0 ? 1 : Math.floor(Date.now() / 1000) + Number(maxAge)
  const date = expires === undefined ? NaN : Date.parse(expires)
  return Number.isNaN(date) ? 0 : Math.max(1, Math.floor(date / 1000))
}

/** Throws `ToolError`; undefined when the refusal is the `expected` one. */
function attempt<Result>(path: string, call: () => Result, expected?: string): Result | undefined {
  try {
    return system(call)
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    if (error.code === expected) return undefined
    throw new ToolError(`${quoteFile(path)}: ${error.reason}`)
  }
}
