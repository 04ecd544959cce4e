import { RegexError } from '../../../kernel/regex/index.js'
import type { Dialect } from './dialect.js'
import { convertEscapes, convertOutsideBrackets, RecursiveEscape, removeEscapes } from './escape.js'
import { compilePattern } from './pattern.js'
import { type Action, highestGroup, type Pattern, type Selector, simpleNames } from './program.js'
import { parseReplacement } from './replacement.js'
import { type ScriptReader, toMessage } from './script.js'
import { isZero, readDelimited, readNumber } from './selector.js'

/** Reads what stands behind a command's letter. */
export function parseAction(
  reader: ScriptReader,
  name: string,
  selector: Selector | undefined,
  dialect: Dialect,
): Exclude<Action, { readonly target: number }> {
  switch (name) {
    case 'a':
    case 'i':
    case 'c':
      return { name, text: readText(reader, dialect) }
    case 'q':
    case 'Q': {
      if (selector?.to !== undefined) reader.fail('command only uses one address')
      const exit = dialect.posix ? 0 : (readNumber(reader) ?? 0)
      endCommand(reader)
      return { name, exit: exit & 0xff }
    }
    case 'l': {
      const width = dialect.posix ? undefined : readNumber(reader)
      endCommand(reader)
      return { name, width }
    }
    case 'r':
      return { name, path: readPath(reader, dialect), isBefore: isBeforeFirst(selector) }
    case 'R':
    case 'w':
    case 'W':
      return { name, path: readPath(reader, dialect) }
    case 's':
      return parseSubstitute(reader, dialect)
    case 'y':
      return { name, table: parseTable(reader) }
    case 'e':
      return refuseExecution(reader, dialect)
    default: {
      const simple = simpleNames.find((known) => known === name)
      if (simple === undefined) return reader.fail(`unknown command: \`${name}'`)
      endCommand(reader)
      return { name: simple }
    }
  }
}

function refuseExecution(reader: ScriptReader, { sandbox }: Dialect): never {
  if (sandbox) reader.fail(sandboxed)
  return reader.fail('the e command is not supported: use a pipeline, or run the real sed with: command sed')
}

const sandboxed = 'e/r/w commands disabled in sandbox mode'

/** What may stand behind a command: a separator, or what begins something of its own. */
export function endCommand(reader: ScriptReader): void {
  const character = reader.nextNonblank()
  if (character === '}' || character === '#') reader.back()
  else if (character !== '' && character !== '\n' && character !== ';') {
    reader.fail('extra characters after command')
  }
}

/** Reads the rest of a line, and the newline. */
export function readLine(reader: ScriptReader): string {
  let line = ''
  for (let character = reader.next(); character !== '' && character !== '\n'; character = reader.next()) {
    line += character
  }
  return line
}

/** Reads up to a blank, a newline, a semicolon, a closing brace or a comment. */
export function readLabel(reader: ScriptReader): string {
  let label = ''
  let character = reader.nextNonblank()
  for (; character !== '' && !/[ \t\n;}#]/.test(character); character = reader.next()) label += character
  reader.back()
  return label
}

/** Compares with the version of GNU sed whose language this is. */
export function checkVersion(reader: ScriptReader): void {
  const wanted = readLabel(reader).split('.').map(Number)
  const ours = [4, 9]
  const difference = ours.map((number, index) => number - (wanted[index] ?? 0)).find((part) => part !== 0)
  if ((difference ?? 0) < 0) reader.fail('expected newer version of sed')
}

function readPath(reader: ScriptReader, { sandbox }: Dialect): string {
  if (sandbox) reader.fail(sandboxed)
  reader.nextNonblank()
  reader.back()
  const path = readLine(reader)
  if (path === '') reader.fail('missing filename in r/R/w/W commands')
  return toMessage(path)
}

/** The text of a, i and c: lines up to one that does not end in a backslash, which may go on in the next piece. */
function readText(reader: ScriptReader, { posix }: Dialect): Buffer {
  const character = reader.nextNonblank()
  if (character === '') reader.fail("expected \\ after `a', `c' or `i'")
  if (character !== '\\') {
    if (posix) reader.fail("expected \\ after `a', `c' or `i'")
    reader.back()
    return readTextLines(reader, posix)
  }
  const next = reader.next()
  if (next === '') return readNextPiece(reader, posix, '')
  return readTextLines(reader, posix, next === '\n' ? '' : next)
}

function readTextLines(reader: ScriptReader, posix: boolean, start = ''): Buffer {
  let text = start
  for (let character = reader.next(); character !== '' && character !== '\n'; character = reader.next()) {
    const next = character === '\\' ? reader.next() : ''
    if (character === '\\' && next === '') return readNextPiece(reader, posix, `${text}\n`)
    text += character + next
  }
  return Buffer.from(withoutEscapes(reader, `${text}\n`), 'latin1')
}

/** A piece ended behind a backslash. Where none follows, the text stays as it is. */
function readNextPiece(reader: ScriptReader, posix: boolean, text: string): Buffer {
  if (posix) reader.fail('incomplete command')
  return reader.nextPiece() ? readTextLines(reader, posix, text) : Buffer.from(text, 'latin1')
}

function withoutEscapes(reader: ScriptReader, text: string): string {
  return guardEscapes(reader, () => removeEscapes(text))
}

function guardEscapes<Result>(reader: ScriptReader, convert: () => Result): Result {
  try {
    return convert()
  } catch (error) {
    if (error instanceof RecursiveEscape) reader.fail('recursive escaping after \\c not allowed')
    throw error
  }
}

/** Replaces the escapes of a pattern that stand for bytes. */
export function convertPattern(reader: ScriptReader, text: string, { conforms }: Dialect): string {
  return guardEscapes(reader, () => (conforms ? convertOutsideBrackets(text) : convertEscapes(text)))
}

function parseSubstitute(reader: ScriptReader, dialect: Dialect): Extract<Action, { name: 's' }> {
  const delimiter = reader.next()
  const source = readDelimited(reader, delimiter, true)
  const text = source === undefined ? undefined : readDelimited(reader, delimiter, false)
  if (source === undefined || text === undefined) return reader.fail("unterminated `s' command")
  const replacement = guardEscapes(reader, () => parseReplacement(text, dialect.posix))
  const flags = readFlags(reader, dialect)
  const { ignoreCase, multiline } = flags
  const pattern = { source: convertPattern(reader, source, dialect), ignoreCase, multiline }
  const groups = checkPattern(reader, pattern, dialect)
  const highest = highestGroup(replacement)
  if (groups !== undefined && highest > groups && !dialect.conforms) {
    reader.fail(`invalid reference \\${highest} on \`s' command's RHS`)
  }
  const { isGlobal, prints, path } = flags
  return {
    name: 's',
    substitution: { pattern, replacement, isGlobal, number: flags.number ?? 1, prints, path },
  }
}

interface Flags {
  isGlobal: boolean
  prints: boolean
  ignoreCase: boolean
  multiline: boolean
  number: number | undefined
  path: string | undefined
}

function readFlags(reader: ScriptReader, dialect: Dialect): Flags {
  const flags: Flags = {
    isGlobal: false,
    prints: false,
    ignoreCase: false,
    multiline: false,
    number: undefined,
    path: undefined,
  }
  for (;;) {
    const flag = reader.nextNonblank()
    if (flag === '}' || flag === '#') reader.back()
    if ('}#;\n'.includes(flag)) return flags
    if (flag === '\r' && reader.next() === '\n') return flags
    const isExtension = 'iImM'.includes(flag)
    if (isExtension && !dialect.posix) {
      if (flag.toUpperCase() === 'I') flags.ignoreCase = true
      else flags.multiline = true
    } else if (flag === 'g') {
      if (flags.isGlobal) reader.fail("multiple `g' options to `s' command")
      flags.isGlobal = true
    } else if (flag === 'p') {
      if (flags.prints) reader.fail("multiple `p' options to `s' command")
      flags.prints = true
    } else if (flag === 'w') {
      flags.path = readPath(reader, dialect)
      return flags
    } else if (flag === 'e' && !dialect.posix) refuseExecution(reader, dialect)
    else if (flag >= '0' && flag <= '9') {
      if (flags.number !== undefined) reader.fail("multiple number options to `s' command")
      reader.back()
      flags.number = readNumber(reader)
      if (flags.number === 0) reader.fail("number option to `s' command may not be zero")
    } else reader.fail("unknown option to `s'")
  }
}

/** The number of groups; undefined for the empty pattern, which stands for another. */
export function checkPattern(reader: ScriptReader, pattern: Pattern, dialect: Dialect): number | undefined {
  if (pattern.source === '') {
    if (pattern.ignoreCase || pattern.multiline) reader.fail('cannot specify modifiers on empty regexp')
    return undefined
  }
  try {
    const regex = compilePattern(pattern, dialect)
    regex.free()
    return regex.groups
  } catch (error) {
    if (error instanceof RegexError) reader.fail(error.message)
    throw error
  }
}

function parseTable(reader: ScriptReader): Uint8Array {
  const delimiter = reader.next()
  const from = readDelimited(reader, delimiter, false)
  const to = from === undefined ? undefined : readDelimited(reader, delimiter, false)
  if (from === undefined || to === undefined) return reader.fail("unterminated `y' command")
  const [sources, targets] = [withoutEscapes(reader, from), withoutEscapes(reader, to)]
  if (sources.length !== targets.length) reader.fail("strings for `y' command are different lengths")
  endCommand(reader)
  const table = Uint8Array.from({ length: 256 }, (_, byte) => byte)
  for (let index = 0; index < sources.length; index++) {
    table[sources.charCodeAt(index)] = targets.charCodeAt(index)
  }
  return table
}

/** `0r` is for what comes before the first line. */
export function isBeforeFirst(selector: Selector | undefined): boolean {
  return selector !== undefined && selector.to === undefined && isZero(selector.from)
}
