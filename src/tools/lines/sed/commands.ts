import { bytesOf } from '../../../base/bytes.js'
import { kernel } from '../../../kernel/index.js'
import type { Files } from './files.js'
import { Run } from './layout.js'
import type { LineSource } from './lines.js'
import { listText } from './list.js'
import type { Request } from './outcome.js'
import type { Patterns } from './patterns.js'
import type { Command } from './program.js'
import type { Settings } from './settings.js'
import type { Sink } from './sink.js'
import type { Space } from './space.js'
import { createSubstituter, type Substituter } from './substitute.js'

/** The commands that the kernel leaves to TypeScript. */
export interface Commands {
  /** Undefined when the command is done. */
  execute(command: Command, out: Sink): Request | undefined
  free(): void
}

/** What they work on. */
interface State {
  readonly run: Uint32Array
  readonly space: Space
  /** What the next pattern space is made in. */
  readonly spare: Space
}

const newline = 0x0a

export function createCommands(
  { delimiter, lineWidth }: Settings,
  source: LineSource,
  patterns: Patterns,
  files: Files,
  { run, space, spare }: State,
): Commands {
  const substituters = new Map<Command, Substituter>()
  return { execute, free }

  function execute(command: Command, out: Sink): Request | undefined {
    switch (command.name) {
      case 'a':
        files.appendLater(command.text)
        return willAppend(true)
      case 'F':
        out.write(bytesOf(source.fileName + String.fromCharCode(delimiter)))
        break
      case 'l':
        list(command.width ?? lineWidth, out)
        break
      case 'r':
        if (command.isBefore) return insertFile(command.path, out)
        return willAppend(files.appendFileLater(command.path), command.path)
      case 'R':
        return willAppend(files.appendLineLater(command.path), command.path)
      case 's':
        substitute(command, out)
        break
      case 'w':
        writeSpace(files.sink(command.path))
        break
      case 'W':
        writeFirstLine(files.sink(command.path))
        break
      default:
        throw new Error(`the kernel does ${command.name}`)
    }
    return undefined
  }

  /** Has the kernel stop at the cycle's end, unless a stream must be fetched first. */
  function willAppend(isKnown: boolean, path = ''): Request | undefined {
    if (!isKnown) return { kind: 'fetch', path }
    run[Run.hasAppended] = 1
    return undefined
  }

  function list(width: number, out: Sink): void {
    const text = bytesOf(listText(space.bytes, width))
    // Every line ends as the input's do.
    out.write(text.map((byte) => (byte === newline ? delimiter : byte)))
  }

  function insertFile(path: string, out: Sink): Request | undefined {
    const content = files.content(path)
    if (content === undefined) return { kind: 'fetch', path }
    out.write(content)
    return undefined
  }

  function writeSpace(sink: Sink): void {
    sink.line(space.address, space.length, space.isTerminated)
  }

  function writeFirstLine(sink: Sink): void {
    const { address, length } = space
    const end = kernel.findByte(address, address + length, delimiter) >>> 0
    const isWhole = end === address + length
    sink.line(address, end - address, isWhole ? space.isTerminated : true)
  }

  function substitute(command: Extract<Command, { name: 's' }>, out: Sink): void {
    const { pattern, replacement, prints, path } = command.substitution
    const regex = patterns.resolveFor(pattern, replacement)
    const substituter = substituters.get(command) ?? createSubstituter(command.substitution, delimiter)
    substituters.set(command, substituter)
    if (!substituter.replace(regex, space.text, true, spare.beginRebuild(space.length))) return
    space.take(spare)
    run[Run.isOriginal] = 0
    run[Run.hasReplaced] = 1
    if (prints) writeSpace(out)
    if (path !== undefined) writeSpace(files.sink(path))
  }

  function free(): void {
    for (const substituter of substituters.values()) substituter.free()
  }
}
