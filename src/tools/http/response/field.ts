import { isUtf8 } from 'node:buffer'
import { UsageError } from '../../../base/error.js'

/** Where a value stands in JSON: names of members and numbers of elements. */
export type Path = readonly (string | number)[]

/** Reads `a.b[0]`; a name that holds a dot or a bracket stands in brackets and quotes: `["a.b"]`. Throws `UsageError`. */
export function parsePath(text: string, argument?: number): Path {
  const steps = [...text.matchAll(/(?:^|\.)([^.[\]]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/gy)]
  const isWhole = steps.reduce((length, [step]) => length + step.length, 0) === text.length
  if (!isWhole || text === '')
    throw new UsageError(`'${text}' is no path of a field: write it as in a.b[0] or ["a.b"]`, {
      ...(argument === undefined ? {} : { argument }),
    })
  return steps.map(([, name, index, quoted]) => {
    if (index !== undefined) return Number(index)
    return quoted === undefined ? (name ?? '') : String(JSON.parse(quoted))
  })
}

/**
 * The value at the path as text: a string's characters, everything else as it stands in the JSON but for blanks, so
 * that no number is rounded. Undefined when it is not there; throws `SyntaxError` when the body is no JSON.
 */
export function fieldText(body: Buffer, path: Path): string | undefined {
  const json = body.toString().replace(/^\uFEFF/, '')
  if (!isUtf8(body)) throw new SyntaxError('it is not UTF-8')
  // What follows relies on the text being JSON.
  JSON.parse(json)
  let value: string | undefined = json.trim()
  for (const step of path) {
    value = value === undefined ? undefined : member(value, step)
  }
  if (value === undefined) return undefined
  return value.startsWith('"') ? String(JSON.parse(value)) : withoutBlanks(value)
}

/** A JSON value's member or element, as text. Of members of one name the last counts, as for JSON.parse. */
function member(json: string, step: string | number): string | undefined {
  if (!json.startsWith(typeof step === 'number' ? '[' : '{')) return undefined
  let found: string | undefined
  let index = 0
  let name: string | undefined
  for (const item of items(json)) {
    if (typeof step === 'number') {
      if (index++ === step) return item
    } else if (name === undefined) name = String(JSON.parse(item))
    else {
      if (name === step) found = item
      name = undefined
    }
  }
  return found
}

/** The elements of an array, or the names and values of an object in turn. */
function* items(json: string): Generator<string> {
  let depth = 0
  let start = 0
  for (const { 0: token, index } of json.matchAll(tokens)) {
    const isOpening = token === '[' || token === '{'
    const isClosing = token === ']' || token === '}'
    if (isClosing) depth--
    const isEnd = isClosing ? depth === 0 : depth === 1 && (token === ',' || token === ':')
    if (isEnd) {
      const item = json.slice(start, index).trim()
      if (item !== '') yield item
      start = index + 1
    }
    if (isOpening && depth++ === 0) start = index + 1
  }
}

const tokens = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s"[\]{},:]+/g

function withoutBlanks(json: string): string {
  return (json.match(tokens) ?? []).join('')
}
