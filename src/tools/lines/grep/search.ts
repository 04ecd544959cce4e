import { fstatSync } from 'node:fs'
import { bytesOf } from '../../../base/bytes.js'
import { SystemError } from '../../../base/error.js'
import type { Input } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import { Indivisible, type StageIo } from '../../../base/tool.js'
import { wholeLines } from '../../../kernel/index.js'
import type { Regex } from '../../../kernel/regex/index.js'
import { begin, type Colors, end } from './colors.js'
import type { FileToSearch } from './files.js'
import type { Settings } from './settings.js'
import { createNulSeparator } from './nul-separator.js'
import { Windows } from './windows.js'
import { createCounter, type LineWriter } from './writer.js'

export interface Searcher {
  /** Searches one file, with all that is to be written of it; returns how many lines were selected. */
  search(file: FileToSearch): Task<number>
  free(): void
}

const newline = 0x0a

export function createSearcher(
  settings: Settings,
  regex: Regex,
  writer: LineWriter,
  colors: Colors | undefined,
  io: StageIo,
  fail: (message: string) => void,
): Searcher {
  const { style, search, terminator } = settings
  const { stdout } = io
  const { report } = style
  const isListing = report === 'files-with-match' || report === 'files-without-match'
  const stopsAtFirst = isListing || report === 'nothing'
  const counter = createCounter(regex, search.invert)
  const looksForNul = settings.binaryFiles !== 'text' && terminator === newline
  const dependsOnNul = report === 'lines' || settings.binaryFiles === 'without-match'
  const separator = createNulSeparator()
  return { search: searchFile, free }

  function* searchFile(file: FileToSearch): Task<number> {
    const name = colored(file.name, 'fileName')
    let count = 0
    try {
      const input = io.open(file.path)
      if (writer.writesLines && settings.maxCount > 1 && isOutput(input)) {
        fail(`${file.name}: input file is also the output`)
        return 0
      }
      count = yield* searchInput(input, file, name)
      if (file.path !== '-') input.close()
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      fail(`${file.name}: ${error.reason}`)
      if (error.code !== 'EISDIR') return 0
    }
    if (report === 'count') {
      if (file.showName) stdout.text(name + (style.nullName ? '\0' : colored(':', 'separator')))
      stdout.text(`${count}\n`)
    }
    if (isListing && count > 0 === (report === 'files-with-match')) {
      stdout.text(name)
      stdout.byte(style.nullName ? 0 : newline)
    }
    yield* stdout.flush()
    return count
  }

  function* searchInput(input: Input, file: FileToSearch, name: string): Task<number> {
    const mayWait = dependsOnNul && settings.maxCount === Infinity
    const size = sizeOf(input)
    const windows = looksForNul ? new Windows(input, size, mayWait, io) : undefined
    const lines = wholeLines(windows ?? input, terminator)
    let count = 0
    let isBinary = false
    let isBinaryMatch = false
    writer.begin(file.showName ? bytesOf(name) : undefined, size)
    while (count < settings.maxCount || writer.isWaiting) {
      const batch = yield* lines.read()
      if (batch === undefined) break
      if (!isBinary && windows?.isBinary === true) {
        // What is printed depends on what was printed before.
        if (io.isPart) throw new Indivisible()
        if (settings.binaryFiles === 'without-match') return 0
        isBinary = true
      }
      const text = isBinary ? separator.separate(batch) : batch
      const isOneEnough = stopsAtFirst || (isBinary && report === 'lines')
      const limit = Math.min(settings.maxCount - count, isOneEnough ? 1 : Infinity)
      const result = (isBinary ? counter : writer).take(text, limit)
      count += result.count
      // Trailing context is shown of a binary window too, unless a line of it is selected.
      if (isBinary && result.count === 0 && writer.isWaiting) writer.take(text, 0)
      const isReached = count >= settings.maxCount && !writer.isWaiting
      if (isReached && !stopsAtFirst) lines.unread(batch.length - result.next)
      if (result.count > 0 && isOneEnough) {
        isBinaryMatch = isBinary
        break
      }
      yield* stdout.flush()
    }
    yield* stdout.flush()
    if (isBinaryMatch && report === 'lines') {
      writer.markGroup()
      io.warn(`${file.name}: binary file matches`)
    }
    return count
  }

  function colored(text: string, kind: 'fileName' | 'separator'): string {
    return colors === undefined ? text : begin(colors[kind], colors) + text + end(colors[kind], colors)
  }

  function isOutput(input: Input): boolean {
    if (stdout.file === undefined || input.file === undefined) return false
    const [from, to] = [fstatSync(input.file), fstatSync(stdout.file)]
    return from.ino === to.ino && from.dev === to.dev
  }

  function free(): void {
    writer.free()
    separator.free()
  }
}

function sizeOf({ file }: Input): number | undefined {
  return file === undefined ? undefined : fstatSync(file).size
}
