import type { Address, Pattern, RangeEnd, Selector } from './program.js'
import type { ScriptReader } from './script.js'

interface AddressRules {
  readonly posix: boolean
  /** Replaces the escapes of a pattern that stand for bytes. */
  convert(text: string): string
  /** Checks a pattern, and fails at the reader's place. */
  check(pattern: Pattern): void
}

/** Reads the addresses before a command. GNU sed manual, "Addresses: selecting lines". */
export function parseSelector(reader: ScriptReader, rules: AddressRules): Selector | undefined {
  const from = readAddress(reader, rules)
  if (from === undefined) return undefined
  if (from.kind === 'more' || from.kind === 'multiple') {
    return reader.fail('invalid usage of +N or ~N as first address')
  }
  const to = readRangeEnd(reader, rules)
  if (isZero(from)) {
    const command = reader.nextNonblank()
    const isAllowed = to === undefined ? command === 'r' : to.kind === 'pattern'
    if (!isAllowed || rules.posix) reader.fail('invalid usage of line address 0')
    reader.back()
  }
  return { from, to }
}

/** `0,/re/` may end at the first line, and `0r` comes before it. */
export function isZero(address: Address): boolean {
  return address.kind === 'line' && address.number === 0
}

function readRangeEnd(reader: ScriptReader, rules: AddressRules): RangeEnd | undefined {
  if (reader.nextNonblank() !== ',') {
    reader.back()
    return undefined
  }
  reader.nextNonblank()
  reader.back()
  const to = readAddress(reader, rules)
  if (to !== undefined) return to
  reader.next()
  return reader.fail("unexpected `,'")
}

function readAddress(reader: ScriptReader, rules: AddressRules): RangeEnd | undefined {
  const character = reader.next()
  if (character === '/' || character === '\\') {
    return readPattern(reader, character === '/' ? '/' : reader.next(), rules)
  }
  if (isDigit(character)) {
    reader.back()
    return readLineAddress(reader, rules)
  }
  if ((character === '+' || character === '~') && !rules.posix) {
    const number = readNumber(reader) ?? 0
    return character === '+' ? { kind: 'more', count: number } : { kind: 'multiple', of: number }
  }
  if (character === '$') return { kind: 'last' }
  reader.back()
  return undefined
}

function readLineAddress(reader: ScriptReader, { posix }: AddressRules): Address {
  const number = readNumber(reader) ?? 0
  if (reader.nextNonblank() === '~' && !posix) {
    const step = readNumber(reader) ?? 0
    return step > 0 ? { kind: 'step', first: number, step } : { kind: 'line', number }
  }
  reader.back()
  return { kind: 'line', number }
}

function readPattern(reader: ScriptReader, delimiter: string, rules: AddressRules): Address {
  const text = readDelimited(reader, delimiter, true)
  if (text === undefined) return reader.fail('unterminated address regex')
  let ignoreCase = false
  let multiline = false
  let flag = reader.nextNonblank()
  for (; !rules.posix && (flag === 'I' || flag === 'M'); flag = reader.nextNonblank()) {
    if (flag === 'I') ignoreCase = true
    else multiline = true
  }
  reader.back()
  const pattern = { source: rules.convert(text), ignoreCase, multiline }
  rules.check(pattern)
  return { kind: 'pattern', pattern }
}

/** Reads digits; undefined when there are none. */
export function readNumber(reader: ScriptReader): number | undefined {
  let digits = ''
  let character = reader.nextNonblank()
  for (; isDigit(character); character = reader.next()) digits += character
  reader.back()
  return digits === '' ? undefined : Number(digits)
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9'
}

/**
 * Reads up to a delimiter: undefined when there is none in the line. A backslash makes the delimiter an ordinary
 * character; in a pattern, so do brackets.
 */
export function readDelimited(
  reader: ScriptReader,
  delimiter: string,
  isPattern: boolean,
): string | undefined {
  let text = ''
  for (;;) {
    const character = reader.next()
    if (character === '' || character === '\n') {
      reader.back()
      return undefined
    }
    if (character === delimiter) return text
    if (character === '\\') {
      const next = reader.next()
      if (next === '') return undefined
      const isBare = next === delimiter && (isPattern || next !== '&')
      text += isBare || next === '\n' ? next : `\\${next}`
    } else if (character === '[' && isPattern) {
      const bracket = readBracket(reader)
      if (bracket === undefined) {
        // The newline that it ends at is the next to be read.
        reader.back()
        return undefined
      }
      text += bracket
    } else text += character
  }
}

/** Reads the rest of a bracket expression, whose `[` was read. */
function readBracket(reader: ScriptReader): string | undefined {
  let text = '['
  const take = (): string => {
    const character = reader.next()
    text += character
    return character
  }
  if (reader.peek() === '^') take()
  if (reader.peek() === ']') take()
  for (;;) {
    const character = take()
    if (character === ']') return text
    if (character === '' || character === '\n') return undefined
    const kind = reader.peek()
    if (character === '[' && (kind === ':' || kind === '.' || kind === '=')) {
      take()
      for (let previous = take(); ;) {
        const next = take()
        if (next === '' || next === '\n') return undefined
        if (previous === kind && next === ']') break
        previous = next
      }
    }
  }
}
