import { fstatSync } from 'node:fs'
import { bytesOf } from '../../../base/bytes.js'
import { SystemError } from '../../../base/error.js'
import type { Input } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import { Indivisible, type StageIo } from '../../../base/tool.js'
import { allocate, bytesAt, kernel, release, wholeLines } from '../../../kernel/index.js'
import type { Regex } from '../../../kernel/regex/index.js'
import { begin, type Colors, end } from './colors.js'
import type { FileToSearch } from './files.js'
import type { Settings } from './settings.js'
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
  /** In a binary file NUL bytes separate lines too. */
  let binaryTable: number | undefined
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
    const lines = wholeLines(input, terminator)
    let take: LineWriter = writer
    let count = 0
    let isBinary = false
    let isBinaryMatch = false
    take.begin(file.showName ? bytesOf(name) : undefined, sizeOf(input))
    while (count < settings.maxCount || take.isWaiting) {
      const batch = yield* lines.read()
      if (batch === undefined) break
      if (!isBinary && looksForBinary() && hasNul(batch)) {
        // What is printed depends on what was printed before.
        if (io.isPart) throw new Indivisible()
        if (settings.binaryFiles === 'without-match') return 0
        isBinary = true
        take = counter
      }
      if (isBinary) separateAtNul(batch)
      const isOneEnough = stopsAtFirst || (isBinary && report === 'lines')
      const result = take.take(batch, Math.min(settings.maxCount - count, isOneEnough ? 1 : Infinity))
      count += result.count
      const isReached = count >= settings.maxCount && !take.isWaiting
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

  function looksForBinary(): boolean {
    return settings.binaryFiles !== 'text' && terminator === newline
  }

  function separateAtNul(batch: Buffer): void {
    if (binaryTable === undefined) {
      binaryTable = allocate(256)
      const table = bytesAt(binaryTable, 256)
      for (let byte = 0; byte < 256; byte++) table[byte] = byte
      table[0] = newline
    }
    kernel.translateInPlace(batch.byteOffset, batch.byteOffset + batch.length, binaryTable)
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
    if (binaryTable !== undefined) release(binaryTable)
  }
}

function sizeOf({ file }: Input): number | undefined {
  return file === undefined ? undefined : fstatSync(file).size
}

function hasNul(batch: Buffer): boolean {
  const last = batch.byteOffset + batch.length
  return kernel.findByte(batch.byteOffset, last, 0) >>> 0 !== last
}
