import { UsageError } from '../../../base/error.js'
import { quote } from '../../../base/quote.js'

/** A header field of a request. */
export type Field = readonly [name: string, value: string]

/** Headers in the order they are sent: what is given takes the place of the default of that name. */
export interface Headers {
  /** Fields that are given, and names (in lower case) whose default is left out. */
  readonly given: readonly Field[]
  readonly dropped: ReadonlySet<string>
}

/** The defaults, each where neither given nor dropped, then what was given. */
export function merge(defaults: readonly Field[], { given, dropped }: Headers): Field[] {
  const names = new Set(given.map(([name]) => name.toLowerCase()))
  const kept = defaults.filter(([name]) => !names.has(name.toLowerCase()) && !dropped.has(name.toLowerCase()))
  return [...kept, ...given]
}

export function headBytes(requestLine: string, fields: readonly Field[]): Buffer {
  return Buffer.from(
    `${requestLine}\r\n${fields.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
  )
}

/** Checks a header's name; `argument` is to blame. Throws `UsageError`. */
export function checkName(name: string, argument: number | undefined): void {
  const blame = argument === undefined ? {} : { argument }
  if (!token.test(name)) throw new UsageError(`${quote(name)} is no name of a header`, blame)
  const instead = framing[name.toLowerCase()]
  if (instead !== undefined) throw new UsageError(`the header ${name} is not yours to set: ${instead}`, blame)
}

/**
 * A header's value without blanks around it. What would end the line, or the message, is refused; the value itself,
 * which may be a secret, stands in no message. Throws `UsageError`.
 */
export function checkValue(name: string, value: string, argument: number | undefined): string {
  const control = /[\0-\x08\n-\x1f\x7f]/.exec(value)?.[0]
  if (control === undefined) return value.replace(/^[ \t]+|[ \t]+$/g, '')
  const what = controlNames[control] ?? 'a control character'
  throw new UsageError(`the value of the header ${name} holds ${what}`, {
    ...(argument === undefined ? {} : { argument }),
  })
}

const controlNames: Readonly<Record<string, string>> = {
  '\r': 'a carriage return',
  '\n': 'a line feed',
  '\0': 'NUL',
}

/** RFC 9110 section 5.6.2. */
export const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

/** Headers that say where the message ends. */
const framing: Readonly<Record<string, string>> = {
  'content-length': 'it is counted',
  'transfer-encoding': 'use --chunked',
}
