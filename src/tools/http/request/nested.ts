import { UsageError } from '../../../base/error.js'
import { quote } from '../../../base/quote.js'

/** JSON under construction. A scalar, and what was given as JSON, is its text, so that no number is rounded. */
export type Json = string | Json[] | Map<string, Json>

/** A step into an object by name, into an array by number, or to an array's end. */
type Step = { readonly member: string } | { readonly index: number } | 'append'

/**
 * Puts JSON text where a nested key says: `a[b][]` is a member's member, a list's end (HTTPie manual, "Nested JSON").
 * Returns the whole, which is new where there was none. Throws `UsageError`.
 */
export function assign(root: Json | undefined, key: string, value: string): Json {
  const steps = parseKey(key)
  return put(root, 0)

  function put(at: Json | undefined, depth: number): Json {
    const step = steps[depth]
    if (step === undefined) return value
    const container = open(at)
    if (typeof step === 'object' && 'member' in step) {
      const object = container ?? new Map<string, Json>()
      if (!(object instanceof Map)) return refuse(object, 'an object')
      object.set(step.member, put(object.get(step.member), depth + 1))
      return object
    }
    const list = container ?? []
    if (!Array.isArray(list)) return refuse(list, 'an array')
    const index = step === 'append' ? list.length : step.index
    while (list.length < index) list.push('null')
    list[index] = put(list[index], depth + 1)
    return list
  }

  function refuse(found: Json, wanted: string): never {
    const kind = Array.isArray(found) ? 'an array' : found instanceof Map ? 'an object' : 'a single value'
    throw new UsageError(`the key ${quote(key)} is for ${wanted}, but there is ${kind} already`)
  }
}

export function jsonText(json: Json): string {
  if (typeof json === 'string') return json
  if (Array.isArray(json)) return `[${json.map(jsonText).join(',')}]`
  return `{${[...json].map(([name, value]) => `${JSON.stringify(name)}:${jsonText(value)}`).join(',')}}`
}

/** What can be put into: null is as nothing, and a list or an object that was given as text is taken apart. */
function open(json: Json | undefined): Json | undefined {
  if (typeof json !== 'string') return json
  if (json === 'null') return undefined
  return /^[[{]/.test(json) ? fromValue(JSON.parse(json)) : json
}

function fromValue(value: unknown): Json {
  if (Array.isArray(value)) return value.map(fromValue)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return new Map(Object.entries(value).map(([name, member]) => [name, fromValue(member)]))
}

/** Throws `UsageError`. */
function parseKey(key: string): Step[] {
  const fail = (problem: string): never => {
    throw new UsageError(`the key ${quote(key)} is not well formed: ${problem}`)
  }
  const [root = ''] = /^(?:\\.|[^[\]\\]|\\$)*/s.exec(key) ?? []
  const steps: Step[] = root === '' && key !== '' ? [] : [{ member: unescape(root) }]
  for (let at = root.length; at < key.length;) {
    if (key.charAt(at) !== '[') return fail("'[' expected")
    const [part = '', inner = ''] = /^\[((?:\\.|[^[\]\\])*)\]/s.exec(key.slice(at)) ?? fail("']' is missing")
    steps.push(parseStep(inner, fail))
    at += part.length
  }
  return steps.length > deepest ? fail('it is too deep') : steps
}

function parseStep(text: string, fail: (problem: string) => never): Step {
  if (text === '') return 'append'
  if (/^-\d+$/.test(text)) return fail('an index counts from the start')
  if (!/^\d+$/.test(text)) return { member: unescape(text) }
  const index = Number(text)
  return index > largestIndex ? fail('the index is too large') : { index }
}

/** What one short argument may make us build. */
const largestIndex = 100_000
const deepest = 1000

/** A backslash before a bracket, a backslash, or a number that is a name. */
function unescape(text: string): string {
  return text.replace(/\\([[\]\\])|^\\(?=-?\d+$)/g, '$1')
}
