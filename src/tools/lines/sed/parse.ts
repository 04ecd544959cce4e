import { ToolError } from '../../../base/error.js'
import type { Dialect } from './dialect.js'
import {
  checkPattern,
  checkVersion,
  convertPattern,
  endCommand,
  isBeforeFirst,
  parseAction,
  readLabel,
  readLine,
} from './arguments.js'
import { withOwnPattern } from './last-pattern.js'
import type { Action, Command, Program, Selector } from './program.js'
import { createScriptReader, type ScriptPiece, type ScriptReader, toMessage } from './script.js'
import { parseSelector } from './selector.js'

/** A command before labels are resolved. */
type RawCommand = { readonly selector: Selector | undefined; readonly isNegated: boolean } & (
  | Exclude<Action, { readonly target: number }>
  | { readonly name: '{'; target: number }
  | { readonly name: 'b' | 't' | 'T'; readonly label: string }
)

/** Parses a script. Throws `UsageError` in GNU's words, with the place; exit 1. */
export function parseScript(pieces: readonly ScriptPiece[], dialect: Dialect): Program {
  const reader = createScriptReader(pieces)
  const commands: RawCommand[] = []
  const labels = new Map<string, number>()
  const blocks: { index: number; place: string }[] = []
  let isQuiet = false

  do {
    while (skipSeparators()) parseCommand()
  } while (reader.nextPiece())
  const open = blocks.at(-1)
  if (open !== undefined) reader.fail("unmatched `{'", open.place)
  return { commands: commands.map(resolve).map(withOwnPattern), isQuiet }

  /** Returns false at the end of a piece. */
  function skipSeparators(): boolean {
    let character = reader.next()
    while (character === ';' || /^\s$/.test(character)) character = reader.next()
    reader.back()
    return character !== ''
  }

  function parseCommand(): void {
    const selector = parseSelector(reader, {
      posix: dialect.posix,
      convert: (text) => convertPattern(reader, text, dialect),
      check: (pattern) => checkPattern(reader, pattern, dialect),
    })
    let name = reader.nextNonblank()
    const isNegated = name === '!'
    if (isNegated) {
      name = reader.nextNonblank()
      if (name === '!') reader.fail("multiple `!'s")
    }
    if (name === '') reader.fail('missing command')
    checkDialect(reader, name, selector, dialect)
    const base = { selector: isBeforeFirst(selector) ? firstLine : selector, isNegated }
    switch (name) {
      case '#':
        if (selector !== undefined) reader.fail("comments don't accept any addresses")
        if (reader.next() === 'n' && reader.beginsWith('#n')) isQuiet = true
        else reader.back()
        readLine(reader)
        return
      case ':': {
        if (selector !== undefined) reader.fail(": doesn't want any addresses")
        const label = readLabel(reader)
        if (label === '') reader.fail('":" lacks a label')
        labels.set(label, commands.length)
        return
      }
      case '{':
        blocks.push({ index: commands.length, place: reader.openPlace })
        commands.push({ ...base, name, target: 0 })
        return
      case '}': {
        const block = blocks.pop()
        if (block === undefined) return reader.fail("unexpected `}'")
        if (selector !== undefined) reader.fail("`}' doesn't want any addresses")
        const opening = commands[block.index]
        if (opening?.name === '{') opening.target = commands.length
        endCommand(reader)
        return
      }
      case 'v':
        checkVersion(reader)
        return
      case 'b':
      case 't':
      case 'T':
        commands.push({ ...base, name, label: readLabel(reader) })
        return
      default:
        commands.push({ ...base, ...parseAction(reader, name, selector, dialect) })
    }
  }

  function resolve(command: RawCommand): Command {
    if (!('label' in command)) return command
    const { label, ...rest } = command
    const target = label === '' ? commands.length : labels.get(label)
    if (target === undefined) throw new ToolError(`can't find label for jump to \`${toMessage(label)}'`, 4)
    return { ...rest, target }
  }
}

const firstLine: Selector = { from: { kind: 'line', number: 1 }, to: undefined }

/** In POSIX mode the extensions are unknown, and some commands take one address. */
function checkDialect(
  reader: ScriptReader,
  name: string,
  selector: Selector | undefined,
  { posix }: Dialect,
): void {
  if (!posix) return
  if ('eFvzQTRW'.includes(name)) reader.fail(`unknown command: \`${name}'`)
  if ('ail=r'.includes(name) && selector?.to !== undefined) reader.fail('command only uses one address')
}
