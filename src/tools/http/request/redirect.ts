import { ToolError } from '../../../base/error.js'
import { fieldValue, type Head } from '../response/head.js'
import type { Field } from './head.js'
import type { Message } from './message.js'
import { type Target, targetOf, urlOf } from './url.js'

/**
 * The request that a response redirects to, by RFC 9110 section 15.4; undefined when it does not. Throws `ToolError`
 * for a place that cannot be gone to.
 */
export function redirected(message: Message, head: Head): Message | undefined {
  const location = fieldValue(head, 'location')
  if (![301, 302, 303, 307, 308].includes(head.status) || location === undefined) return undefined
  const target = resolve(message.target, location)
  const isSameOrigin =
    target.secure === message.target.secure && target.authority === message.target.authority
  const becomesGet =
    head.status === 303 ? message.method !== 'HEAD' : head.status < 303 && message.method === 'POST'
  const fields = message.fields.flatMap(([name, value]): Field[] => {
    const key = name.toLowerCase()
    if (!isSameOrigin && key === 'host') return [[name, target.authority]]
    if (!isSameOrigin && secrets.has(key)) return []
    return becomesGet && key.startsWith('content-') ? [] : [[name, value]]
  })
  if (!becomesGet) return { ...message, target, fields }
  return { ...message, method: 'GET', target, fields, body: undefined, chunked: false, compress: false }
}

/** What is meant for one server and no other. */
const secrets = new Set(['authorization', 'cookie', 'proxy-authorization'])

function resolve(base: Target, location: string): Target {
  const text = Buffer.from(location, 'latin1').toString()
  const from = urlOf(base)
  if (!URL.canParse(text, from.href)) throw new ToolError('the server redirects to what is no URL', 1)
  const url = new URL(text, from)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new ToolError(`the server redirects to ${url.protocol}, where http and https are known`, 1)
  return targetOf(url)
}
