import { bytesOf } from '../../../base/bytes.js'
import { ToolError } from '../../../base/error.js'
import { batchSize, type Input, type Output } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import {
  allocate,
  bytesAt,
  copyIn,
  GrowingBytes,
  kernel,
  release,
  wholeLines,
  wordsAt,
} from '../../../kernel/index.js'
import type { Regex } from '../../../kernel/regex/index.js'
import { compileStyle, type NlSettings, numberFormats, type Section } from './settings.js'

/** Numbers one input after another, as one text. */
export interface Numbering {
  number(input: Input): Task<void>
  free(): void
}

/** Fields of the block that the kernel works by, as assembly/number.ts numbers them. */
const Field = {
  next: 0,
  increment: 8,
  blankGroup: 24,
  overflow: 32,
  style: 36,
  format: 40,
  width: 44,
  separator: 48,
  section: 56,
  reached: 64,
} as const
const blockSize = 72

/** The kernel's styles. */
const styleCodes = { a: 0, t: 1, every: 2, n: 3 } as const
type StyleCode = (typeof styleCodes)[keyof typeof styleCodes]

/** Sections by how often their delimiter stands in a line. */
const sections: readonly Section[] = ['footer', 'body', 'header']

/** Matching lines asked for in one call. */
const spanCount = 2048

const newline = 0x0a

export function createNumbering(settings: NlSettings, output: Output): Numbering {
  const block = bytesAt(allocate(blockSize), blockSize).fill(0)
  const separator = copyIn(bytesOf(settings.separator))
  const delimiter = copyIn(bytesOf(settings.delimiter))
  const spans = wordsAt(allocate(spanCount * 8), spanCount * 2)
  const lastLine = new GrowingBytes()
  const styles = { header: compile('header'), body: compile('body'), footer: compile('footer') }
  const longestNumber = Math.max(settings.width, 20) + separator.length
  let style = styles.body
  block.writeBigInt64LE(settings.start, Field.next)
  block.writeBigInt64LE(settings.increment, Field.increment)
  block.writeBigInt64LE(settings.blankGroup, Field.blankGroup)
  block.writeUInt32LE(numberFormats.indexOf(settings.format), Field.format)
  block.writeUInt32LE(settings.width, Field.width)
  pointTo(separator, Field.separator)
  pointTo(delimiter, Field.section)
  return { number, free }

  function compile(section: Section): StyleCode | Regex {
    const chosen = settings.styles[section]
    return typeof chosen === 'string' ? styleCodes[chosen] : compileStyle(chosen.pattern)
  }

  function pointTo(bytes: Buffer, field: number): void {
    block.writeUInt32LE(bytes.byteOffset, field)
    block.writeUInt32LE(bytes.length, field + 4)
  }

  function* number(input: Input): Task<void> {
    const lines = wholeLines(input)
    for (let batch = yield* lines.read(); batch !== undefined; batch = yield* lines.read()) {
      const text = batch.at(-1) === newline ? batch : finished(batch)
      for (let at = 0; at < text.length;) {
        const reached =
          typeof style === 'number'
            ? yield* write(text, at, text.length, style)
            : yield* writeMatching(text, at, style)
        at = reached < text.length ? yield* pass(text, reached) : reached
      }
      yield* output.flush()
    }
  }

  /** The input's last line with the newline that it lacks. */
  function finished(line: Buffer): Buffer {
    lastLine.clear()
    lastLine.append(line)
    lastLine.append(Uint8Array.of(newline))
    return lastLine.bytes
  }

  /** Numbers the lines from `from` on by one style; returns where a section, or the numbers' end, stopped it. */
  function* write(text: Buffer, from: number, to: number, code: StyleCode): Task<number> {
    block.writeUInt32LE(code, Field.style)
    for (let at = from; at < to;) {
      const end = pieceEnd(text, at, to)
      const start = text.byteOffset + at
      const room = countLines(text, at, end) * longestNumber + end - at
      const out = output.reserve(room)
      const written = (kernel.numberLines(start, text.byteOffset + end, out, block.byteOffset) >>> 0) - out
      output.advance(written)
      if (output.pending >= batchSize) yield* output.flush()
      at = block.readUInt32LE(Field.reached) - text.byteOffset
      if (at < end) return at
    }
    return to
  }

  /** Where so many lines end as make an output that fits in some megabytes, however wide the numbers are. */
  function pieceEnd(text: Buffer, from: number, to: number): number {
    const lines = Math.max(1, Math.floor(largestPiece / longestNumber))
    const end = kernel.skipRecords(text.byteOffset + from, text.byteOffset + to, newline, lines) >>> 0
    return end === 0 ? to : end - text.byteOffset
  }

  /** As `write`, for lines that are numbered when they match. */
  function* writeMatching(text: Buffer, from: number, regex: Regex): Task<number> {
    for (let at = from; at < text.length;) {
      const { count, next } = regex.select(
        { batch: text, from: at, to: text.length },
        { kind: 'list', spans },
      )
      for (let index = 0; index < count; index++) {
        const start = spans[2 * index] ?? 0
        let end = (spans[2 * index + 1] ?? 0) + 1
        while (index + 1 < count && spans[2 * index + 2] === end) end = (spans[2 * ++index + 1] ?? 0) + 1
        const before = yield* write(text, at, start, styleCodes.n)
        if (before < start) return before
        const reached = yield* write(text, start, end, styleCodes.every)
        if (reached < end) return reached
        at = end
      }
      const reached = yield* write(text, at, next, styleCodes.n)
      if (reached < next) return reached
      at = next
    }
    return text.length
  }

  /** Goes over the line that numbering stopped at: it begins a section, unless there is no number for it. */
  function* pass(text: Buffer, at: number): Task<number> {
    const end = text.indexOf(newline, at)
    const section = sectionAt(text.subarray(at, end))
    if (section === undefined) {
      yield* output.flush()
      throw new ToolError('line number overflow')
    }
    style = styles[section]
    if (settings.renumber) {
      block.writeBigInt64LE(settings.start, Field.next)
      block.writeUInt32LE(0, Field.overflow)
    }
    output.byte(newline)
    return end + 1
  }

  function sectionAt(line: Buffer): Section | undefined {
    if (delimiter.length < 2) return undefined
    return sections.find((_, index) => line.equals(Buffer.alloc((index + 1) * delimiter.length, delimiter)))
  }

  function free(): void {
    for (const { byteOffset } of [block, separator, delimiter, spans]) release(byteOffset)
    for (const compiled of Object.values(styles)) if (typeof compiled !== 'number') compiled.free()
    lastLine.free()
  }
}

/** Bytes that numbers may take in one piece of output. */
const largestPiece = 4 * 1024 * 1024

function countLines(text: Buffer, from: number, to: number): number {
  return kernel.countByte(text.byteOffset + from, text.byteOffset + to, newline)
}
