import { bytesOf } from '../../../base/bytes.js'
import { batchSize } from '../../../base/io.js'
import { copyIn, kernel, release } from '../../../kernel/index.js'
import type { Files } from './files.js'
import type { LineSource } from './lines.js'
import { listText } from './list.js'
import type { Outcome } from './outcome.js'
import type { Patterns } from './patterns.js'
import type { Command } from './program.js'
import type { RangeState, Subject } from './range.js'
import type { Settings } from './settings.js'
import type { Sink } from './sink.js'
import { Space } from './space.js'
import { createSubstituter, type Substituter } from './substitute.js'

const newline = 0x0a

const end: Outcome = { isRequest: false, kind: 'end' }
const deleted: Outcome = { isRequest: false, kind: 'delete' }
const restart: Outcome = { isRequest: false, kind: 'restart' }
const lookAhead: Outcome = { isRequest: true, kind: 'look-ahead' }
const drain: Outcome = { isRequest: true, kind: 'drain' }
const breathe: Outcome = { isRequest: true, kind: 'breathe' }

/** How many jumps make a loop that others should not have to wait for. */
const jumpsAtATime = 1024

/** Runs the commands on the pattern space. */
export class Machine {
  readonly space = new Space()
  /** Where output goes; another file for each input when they are edited in place. */
  out: Sink
  #hold = new Space()
  #position = 0
  #jumps = 0
  #isResuming = false
  #hasReplaced = false
  readonly #subject: Subject
  readonly #substituters = new Map<Command, Substituter>()
  readonly #tables = new Map<Command, number>()

  constructor(
    private readonly settings: Settings,
    private readonly source: LineSource,
    private readonly patterns: Patterns,
    private readonly ranges: readonly (RangeState | undefined)[],
    private readonly files: Files,
    out: Sink,
  ) {
    this.out = out
    const { space } = this
    this.#subject = {
      get lineNumber() {
        return source.lineNumber
      },
      isLast: () => source.isLast === true,
      matches: ({ pattern }) => patterns.test(pattern, space),
    }
    for (const command of settings.program.commands) {
      if (command.name === 's')
        this.#substituters.set(command, createSubstituter(command.substitution, settings.delimiter))
      if (command.name === 'y') this.#tables.set(command, copyIn(command.table).byteOffset)
    }
  }

  /** Begins a cycle with the line in hand. */
  load(): void {
    this.space.load(this.source)
    this.#hasReplaced = false
  }

  /** Runs on from where the last run stopped. */
  run(): Outcome {
    const { commands } = this.settings.program
    while (this.#position < commands.length) {
      const command = commands[this.#position]
      if (command === undefined) break
      // A command that made a request has been selected: an address must not be asked twice.
      if (!this.#isResuming) {
        if (this.#asksForLast(command) && this.source.isLast === undefined) return lookAhead
        if (this.#includes(this.#position) === command.isNegated) {
          this.#position = command.name === '{' ? command.target : this.#position + 1
          continue
        }
      }
      const outcome = this.#execute(command)
      this.#isResuming = outcome?.kind === 'look-ahead' || outcome?.kind === 'fetch'
      if (outcome !== undefined) {
        if (!outcome.isRequest) this.#position = 0
        return outcome
      }
      this.#position++
    }
    this.#position = 0
    return end
  }

  free(): void {
    this.space.free()
    this.#hold.free()
    for (const substituter of this.#substituters.values()) substituter.free()
    for (const table of this.#tables.values()) release(table)
  }

  #asksForLast({ name, selector }: Command): boolean {
    if (selector === undefined) return false
    return (
      selector.from.kind === 'last' ||
      (selector.to?.kind === 'last' && (name === 'c' || this.ranges[this.#position]?.isOpen === true))
    )
  }

  #includes(index: number): boolean {
    return this.ranges[index]?.includes(this.#subject) ?? true
  }

  /** Undefined to go on with the next command. */
  #execute(command: Command): Outcome | undefined {
    const { space, out, source, files } = this
    const hold = this.#hold
    const { delimiter } = this.settings
    switch (command.name) {
      case '{':
        return undefined
      case '=':
        this.#writeNumber(source.lineNumber)
        return undefined
      case 'a':
        files.appendLater(command.text)
        return undefined
      case 'b':
        return this.#jump(command.target)
      case 'c': {
        const range = command.selector?.to === undefined ? undefined : this.ranges[this.#position]
        if (range?.isOpen !== true) this.#writeText(command.text)
        return deleted
      }
      case 'd':
        return deleted
      case 'D':
        return this.#deleteFirstLine()
      case 'F':
        this.#writeText(`${source.fileName}\n`)
        return undefined
      case 'g':
        space.copy(hold)
        return undefined
      case 'G':
        space.append(delimiter, hold.address, hold.length)
        space.isTerminated = hold.isTerminated
        return undefined
      case 'h':
        hold.copy(space)
        return undefined
      case 'H':
        hold.append(delimiter, space.address, space.length)
        hold.isTerminated = space.isTerminated
        return undefined
      case 'i':
        this.#writeText(command.text)
        return undefined
      case 'l':
        this.#writeText(this.#listed(command.width ?? this.settings.lineWidth))
        return undefined
      case 'n':
      case 'N':
        return this.#readNext(command.name === 'N')
      case 'p':
        this.print()
        return undefined
      case 'P':
        this.#writeFirstLine(out)
        return undefined
      case 'q':
      case 'Q':
        return { isRequest: false, kind: 'quit', exit: command.exit, prints: command.name === 'q' }
      case 'r':
        if (command.isBefore) return this.#insertFile(command.path)
        return files.appendFileLater(command.path)
          ? undefined
          : { isRequest: true, kind: 'fetch', path: command.path }
      case 'R':
        return files.appendLineLater(command.path)
          ? undefined
          : { isRequest: true, kind: 'fetch', path: command.path }
      case 's':
        this.#substitute(command)
        return undefined
      case 't':
        if (!this.#hasReplaced) return undefined
        this.#hasReplaced = false
        return this.#jump(command.target)
      case 'T':
        if (!this.#hasReplaced) return this.#jump(command.target)
        this.#hasReplaced = false
        return undefined
      case 'w':
        this.#write(files.sink(command.path))
        return undefined
      case 'W':
        this.#writeFirstLine(files.sink(command.path))
        return undefined
      case 'x':
        space.exchange(hold)
        return undefined
      case 'y':
        space.translate(this.#tables.get(command) ?? 0)
        return undefined
      case 'z':
        space.clear()
        return undefined
    }
  }

  /** A file that is separate begins. */
  clearHold(): void {
    this.#hold.clear()
  }

  print(): void {
    this.#write(this.out)
  }

  #write(sink: Sink): void {
    const { space } = this
    sink.line(space.address, space.length, space.isTerminated)
  }

  #listed(width: number): Uint8Array {
    const { space, settings } = this
    const text = listText(space.batch.subarray(space.from, space.to), width)
    // Every line ends as the input's do.
    return bytesOf(text).map((byte) => (byte === newline ? settings.delimiter : byte))
  }

  /** Writes text whose last newline is the input's delimiter instead. */
  #writeText(text: string | Uint8Array): void {
    const bytes = typeof text === 'string' ? bytesOf(text) : Buffer.from(text)
    if (bytes.length > 0) bytes[bytes.length - 1] = this.settings.delimiter
    this.out.write(bytes)
  }

  /** Byte by byte: to make a buffer of each number takes longer. */
  #writeNumber(number: number): void {
    const { out, settings } = this
    const digits = String(number)
    out.completeLine()
    for (let index = 0; index < digits.length; index++) out.output.byte(digits.charCodeAt(index))
    out.output.byte(settings.delimiter)
  }

  #insertFile(path: string): Outcome | undefined {
    const content = this.files.content(path)
    if (content === undefined) return { isRequest: true, kind: 'fetch', path }
    this.out.write(content)
    return undefined
  }

  #jump(target: number): Outcome | undefined {
    const isFull = this.out.output.pending >= batchSize
    const isLong = ++this.#jumps % jumpsAtATime === 0
    this.#position = isFull || isLong ? target : target - 1
    if (isFull) return drain
    return isLong ? breathe : undefined
  }

  /** The end of the first line in the pattern space; -1 when it holds only one. */
  #endOfFirstLine(): number {
    const { space } = this
    const { address, length } = space
    const at = (kernel.findByte(address, address + length, this.settings.delimiter) >>> 0) - address
    return at < length ? space.from + at : -1
  }

  #deleteFirstLine(): Outcome {
    const at = this.#endOfFirstLine()
    if (at < 0) return deleted
    this.space.drop(at + 1 - this.space.from)
    return restart
  }

  #writeFirstLine(sink: Sink): void {
    const { space } = this
    const at = this.#endOfFirstLine()
    if (at < 0) this.#write(sink)
    else sink.line(space.address, at - space.from, true)
  }

  /** `n` and `N`: when there is no next line, that was all; in POSIX mode N then does not print. */
  #readNext(isAppended: boolean): Outcome | undefined {
    const { space, source, settings, files } = this
    if (source.isLast === undefined) return lookAhead
    if (source.isLast) return isAppended && settings.dialect.conforms ? deleted : end
    if (!isAppended && !settings.isQuiet) this.print()
    files.writeAppended(this.out)
    source.advance()
    this.#hasReplaced = false
    if (isAppended) space.appendLine(source, settings.delimiter)
    else space.load(source)
    return undefined
  }

  #substitute(command: Extract<Command, { name: 's' }>): void {
    const { space, patterns } = this
    const { substitution } = command
    const { pattern, replacement, prints, path } = substitution
    const regex = patterns.resolveFor(pattern, replacement)
    const isKnownToFail = space.isOriginal && !patterns.test(pattern, space)
    if (isKnownToFail) return
    const substituter = this.#substituters.get(command)
    if (substituter === undefined) return
    if (!substituter.replace(regex, space, true, space.beginRebuild())) return
    space.endRebuild()
    this.#hasReplaced = true
    if (prints) this.print()
    if (path !== undefined) this.#write(this.files.sink(path))
  }
}
