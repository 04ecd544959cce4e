import { batchSize } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import { type GrowingBytes, kernel } from '../../../kernel/index.js'
import type { Holdings } from '../../holdings.js'
import type { LineSource, Sink } from './merge.js'
import { type Piece, pieceBlock } from './piece.js'

/** Which lines are written, and how; bits that src/kernel/assembly/distinct.ts reads. */
export const style = {
  /** Those that came once. */
  once: 1,
  /** The others. */
  again: 2,
  /** With their counts before them, as `uniq -c` writes them. */
  counted: 4,
  /** With their counts behind them, as runs hold them. */
  tailed: 8,
  /** All as often as they came; none of the others goes with it. */
  repeated: 16,
} as const

export const everyTailed = style.once | style.again | style.tailed

/** Lines with their counts in kernel memory: a table of entries, records, or text of lines that end with their counts. */
export interface CountedLines {
  readonly kind: keyof typeof writers
  readonly from: number
  readonly to: number
  readonly delimiter: number
}

const writers = { entries: kernel.writeRecords, records: kernel.writeBlock, text: kernel.writeTailed }

/** Writes lines in a style. */
export function* writeCounted(lines: CountedLines, how: number, sink: Sink): Task<void> {
  let room = batchSize
  for (let at = lines.from; at < lines.to;) {
    const out = sink.reserve(room)
    const step = writeSome({ ...lines, from: at }, how, out, room)
    sink.advance(step.written)
    yield* sink.flush()
    room = step.written === 0 && step.next === at ? room * 2 : batchSize
    at = step.next
  }
}

/** A table of entries as lines that end with their counts. The caller frees the buffer. */
export function tailedSource(entries: CountedLines, buffer: GrowingBytes): LineSource {
  let at = entries.from
  return {
    *read() {
      for (let room = batchSize; at < entries.to; room *= 2) {
        buffer.clear()
        const { next, written } = writeSome({ ...entries, from: at }, everyTailed, buffer.reserve(room), room)
        if (next === at) continue
        at = next
        buffer.advance(written)
        return buffer.bytes
      }
      return undefined
    },
  }
}

/** Lines that end with their counts, each as often as it came. The caller frees the buffer. */
export function repeatedSource(counted: LineSource, delimiter: number, buffer: GrowingBytes): LineSource {
  let from = 0
  let to = 0
  return {
    *read() {
      if (from === to) {
        const lines = yield* counted.read()
        if (lines === undefined) return undefined
        from = lines.byteOffset
        to = from + lines.length
      }
      for (let room = batchSize; ; room *= 2) {
        buffer.clear()
        const text: CountedLines = { kind: 'text', from, to, delimiter }
        const { next, written } = writeSome(text, style.repeated, buffer.reserve(room), room)
        if (written === 0) continue
        from = next
        buffer.advance(written)
        return buffer.bytes
      }
    },
  }
}

/** Takes lines that end with their counts, and writes them in a style. The caller frees the buffer. */
export function styledSink(sink: Sink, delimiter: number, how: number, buffer: GrowingBytes): Sink {
  return {
    reserve: (size) => buffer.reserve(size),
    advance: (size) => buffer.advance(size),
    *flush() {
      const from = buffer.bytes.byteOffset
      yield* writeCounted({ kind: 'text', from, to: from + buffer.length, delimiter }, how, sink)
      buffer.clear()
    },
  }
}

/** Writes as many lines as fit into the room; `next` is where the others begin. */
function writeSome(
  { kind, from, to, delimiter }: CountedLines,
  how: number,
  out: number,
  room: number,
): { readonly next: number; readonly written: number } {
  const next = writers[kind](from, to, delimiter, how, out, out + room) >>> 0
  return { next, written: (kernel.writtenEnd() >>> 0) - out }
}

/** Writes lines in a style, into memory. */
export function writePiece(lines: CountedLines, how: number, holdings: Holdings): Piece {
  const piece: Buffer[] = []
  let room = pieceBlock
  for (let at = lines.from; at < lines.to;) {
    const block = holdings.take(room)
    const { next, written } = writeSome({ ...lines, from: at }, how, block.byteOffset, room)
    room = written === 0 && next === at ? room * 2 : pieceBlock
    at = next
    if (written > 0) piece.push(holdings.shrink(block, written))
    else holdings.release(block.byteOffset)
  }
  return piece
}
