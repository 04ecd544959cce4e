import type { Task } from '../../../base/task.js'
import type { PieceReader, Pieces, StageIo } from '../../../base/tool.js'
import { GrowingBytes, kernel, wholeLines, wordsAt } from '../../../kernel/index.js'
import { openInput } from './inputs.js'
import type { Settings } from './settings.js'

/** What is counted: the lines of the settings' files, or what a reader of pieces finds. */
export interface Counted {
  readonly settings: Settings
  readonly reader?: PieceReader | undefined
}

/** What a batch holds to be counted. */
export interface Countable {
  readonly count: Counter
  /** Bytes of the lines that it is found in. */
  readonly size: number
  /** The same as lines, for who does not count them; the last may have no end. Each is good up to the next. */
  lines(): Iterable<Buffer>
}

/** Counts in a table what is not counted yet, as much as the table has room for; says whether that was all. */
export type Counter = (table: number) => boolean

/** Gives all that is to be counted to `use`, and returns the status of reading. */
export function* readCountables(
  { settings, reader }: Counted,
  io: StageIo,
  use: (batch: Countable) => Task<void>,
): Task<number> {
  if (reader !== undefined) return yield* readPieces(reader, io, use)
  for (const file of settings.files) {
    const input = openInput(io, file)
    const source = wholeLines(input, settings.ordering.delimiter)
    for (let batch = yield* source.read(); batch !== undefined; batch = yield* source.read()) {
      const lines = batch
      yield* use({ count: lineCounter(lines), size: lines.length, lines: () => [lines] })
    }
    input.close()
  }
  return 0
}

function* readPieces(reader: PieceReader, io: StageIo, use: (batch: Countable) => Task<void>): Task<number> {
  const written = new GrowingBytes()
  try {
    return yield* reader.read(io, (pieces) =>
      use({
        count: pieceCounter(pieces),
        size: pieces.size,
        lines: () => linesOf(pieces, reader.delimiter, written),
      }),
    )
  } finally {
    written.free()
  }
}

function lineCounter({ byteOffset, length }: Buffer): Counter {
  const to = byteOffset + length
  let at = byteOffset
  return (table) => {
    at = kernel.countLines(table, at, to) >>> 0
    return at === to
  }
}

function pieceCounter(pieces: Pieces): Counter {
  let list: ReturnType<Pieces['next']>
  return (table) => {
    for (list ??= pieces.next(); list !== undefined; list = pieces.next()) {
      const from = kernel.countPieces(table, list.from, list.to) >>> 0
      if (from === list.to) continue
      list = { ...list, from }
      return false
    }
    return true
  }
}

function* linesOf(pieces: Pieces, delimiter: number, written: GrowingBytes): Generator<Buffer> {
  for (let list = pieces.next(); list !== undefined; list = pieces.next()) {
    const places = wordsAt(list.from, (list.to - list.from) / 4)
    const [first = 0, last = 0] = [places[0], places.at(-1)]
    written.clear()
    const out = written.reserve(last - first + places.length / 2)
    written.advance((kernel.copyPieces(list.from, list.to, delimiter, out) >>> 0) - out)
    yield written.bytes
  }
}
