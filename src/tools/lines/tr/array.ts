import { bytesOf } from '../../../base/bytes.js'
import { ToolError } from '../../../base/error.js'
import { quote } from '../../../base/quote.js'
import { isCharacterClass, members } from './classes.js'
import { type Operand, printable, printableByte, unquote } from './unquote.js'

/** A piece of an array: the bytes it stands for, in order, `count` times. */
export interface Element {
  readonly kind: 'byte' | 'range' | 'class' | 'equivalence' | 'repeat'
  readonly bytes: readonly number[]
  /** 0 for a repeat that fills up what is missing. */
  readonly count: bigint
  readonly letterCase?: 'upper' | 'lower'
}

export type ByteArray = readonly Element[]

/** The longest an array may be: GNU counts in 64 bits and keeps two numbers for itself. */
export const longestArray = 2n ** 64n - 3n

/**
 * Reads an array as `tr` writes it (coreutils manual, "Character arrays"; POSIX.1-2017 tr, EXTENDED DESCRIPTION).
 * What is merely doubtful goes to `warn`. Throws `ToolError`.
 */
export function parseArray(text: string, warn: (message: string) => void): ByteArray {
  const operand = unquote(bytesOf(text), warn)
  const elements: Element[] = []
  let at = 0
  while (at < operand.bytes.length) {
    const [element, next] = bracketed(operand, at) ?? range(operand, at) ?? single(operand, at)
    elements.push(element)
    at = next
  }
  return elements
}

type Parsed = readonly [element: Element, next: number]

function single({ bytes }: Operand, at: number): Parsed {
  return [{ kind: 'byte', bytes: [bytes[at] ?? 0], count: 1n }, at + 1]
}

function range(operand: Operand, at: number): Parsed | undefined {
  const first = operand.bytes[at]
  const last = operand.bytes[at + 2]
  if (first === undefined || last === undefined || !stands(operand, at + 1, '-')) return undefined
  if (last < first) {
    const ends = `${printableByte(first)}-${printableByte(last)}`
    throw new ToolError(`range-endpoints of '${ends}' are in reverse collating sequence order`)
  }
  const bytes = Array.from({ length: last - first + 1 }, (_, index) => first + index)
  return [{ kind: 'range', bytes, count: 1n }, at + 3]
}

/** `[:class:]`, `[=c=]`, `[c*]` or `[c*n]`; none of them is shorter than three bytes. */
function bracketed(operand: Operand, at: number): Parsed | undefined {
  if (!stands(operand, at, '[') || at + 2 >= operand.bytes.length) return undefined
  return named(operand, at) ?? repeat(operand, at)
}

function named(operand: Operand, at: number): Parsed | undefined {
  const mark = [':', '='].find((character) => stands(operand, at + 1, character))
  if (mark === undefined) return undefined
  const start = at + 2
  const end = closing(operand, start, mark)
  if (end === undefined) return undefined
  const inside = [...operand.bytes.subarray(start, end)]
  const element = mark === ':' ? characterClass(inside) : equivalence(inside)
  if (typeof element !== 'string') return [element, end + 2]
  if (inside.length > 0 && isRepeatOfMark(operand, start)) return undefined
  throw new ToolError(element)
}

/** The element, or what is wrong with it. */
function characterClass(inside: readonly number[]): Element | string {
  if (inside.length === 0) return "missing character class name '[::]'"
  const name = Buffer.from(inside).toString('latin1')
  if (!isCharacterClass(name)) return `invalid character class ${quote(printable(inside))}`
  const element: Element = { kind: 'class', bytes: members(name), count: 1n }
  return name === 'upper' || name === 'lower' ? { ...element, letterCase: name } : element
}

function equivalence(inside: readonly number[]): Element | string {
  if (inside.length === 0) return "missing equivalence class character '[==]'"
  if (inside.length > 1) return `${printable(inside)}: equivalence class operand must be a single character`
  return { kind: 'equivalence', bytes: inside, count: 1n }
}

function closing(operand: Operand, start: number, mark: string): number | undefined {
  for (let at = start; at + 1 < operand.bytes.length; at++)
    if (stands(operand, at, mark) && stands(operand, at + 1, ']')) return at
  return undefined
}

/** Whether `[:*n]` or `[=*n]` is what begins here: a repeated mark that looks like a class. */
function isRepeatOfMark(operand: Operand, star: number): boolean {
  if (!stands(operand, star, '*')) return false
  let at = star + 1
  while (isDigit(operand.bytes[at])) at++
  return stands(operand, at, ']')
}

function repeat(operand: Operand, at: number): Parsed | undefined {
  const byte = operand.bytes[at + 1]
  if (byte === undefined || !stands(operand, at + 2, '*')) return undefined
  const start = at + 3
  let end = start
  while (end < operand.bytes.length && !operand.escaped[end] && !stands(operand, end, ']')) end++
  if (!stands(operand, end, ']')) return undefined
  const digits = operand.bytes.subarray(start, end)
  return [{ kind: 'repeat', bytes: [byte], count: repeatCount(digits) }, end + 1]
}

/** A count is octal when it begins with 0. The C library's number reader allows blanks and a plus before it. */
function repeatCount(bytes: Uint8Array): bigint {
  const text = Buffer.from(bytes).toString('latin1')
  if (text === '') return 0n
  const digits = /^[ \t\n\v\f\r]*\+?(\d+)$/.exec(text)?.[1]
  const isOctal = text.startsWith('0')
  if (digits !== undefined && !(isOctal && /[89]/.test(digits))) {
    const count = BigInt(isOctal ? `0o${digits}` : digits)
    if (count <= longestArray) return count
  }
  throw new ToolError(`invalid repeat count ${quote(printable([...bytes]))} in [c*n] construct`)
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39
}

/** Whether the character stands there, and means itself as syntax. */
function stands({ bytes, escaped }: Operand, at: number, character: string): boolean {
  return bytes[at] === character.charCodeAt(0) && escaped[at] !== true
}
