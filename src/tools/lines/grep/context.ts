import { batchSize } from '../../../base/io.js'
import type { StageIo } from '../../../base/tool.js'
import { allocate, GrowingBytes, kernel, release, wordsAt } from '../../../kernel/index.js'
import type { LineResult, Regex } from '../../../kernel/regex/index.js'
import type { Colors } from './colors.js'
import { createPainter, type Place } from './paint.js'
import type { Settings } from './settings.js'
import type { LineWriter } from './writer.js'

/** Where nothing was written yet. */
const nowhere = -1
/** Selected lines that are listed at a time. */
const spanLimit = 1024

/**
 * Writes lines one by one, with context around them. What was read stands in a window that reaches back as far
 * as leading context may.
 */
export function createContextWriter(
  settings: Settings,
  regex: Regex,
  colors: Colors | undefined,
  { stdout }: StageIo,
): LineWriter {
  const { style, search, terminator } = settings
  const { before = 0, after = 0 } = style
  const hasGroups = style.before !== undefined || style.after !== undefined
  const painter = createPainter(settings, regex, colors, stdout)
  const spans = wordsAt(allocate(spanLimit * 8), spanLimit * 2)
  const window = new GrowingBytes()
  let isFirstGroup = true
  // Of the file in hand; offsets are into the window.
  let windowStart = 0
  let writtenTo = nowhere
  let waiting = 0
  let countedTo = 0
  let lineNumber = 1
  let trimAt = 0
  return {
    begin: beginFile,
    take,
    markGroup() {
      isFirstGroup = false
    },
    writesLines: true,
    get isWaiting() {
      return waiting > 0
    },
    free() {
      painter.free()
      window.free()
      release(spans.byteOffset)
    },
  }

  function beginFile(fileName: Buffer | undefined, size: number | undefined): void {
    painter.begin(fileName, size)
    window.clear()
    windowStart = waiting = countedTo = 0
    writtenTo = nowhere
    lineNumber = 1
    trimAt = batchSize
  }

  function take(batch: Buffer, limit: number): Pick<LineResult, 'count' | 'next'> {
    const from = window.length
    window.append(batch)
    const bytes = window.bytes
    let count = 0
    let at = from
    while (at < bytes.length && count < limit) {
      const text = { batch: bytes, from: at, to: bytes.length }
      const { invert } = search
      const result = regex.select(text, { kind: 'list', spans }, { invert, limit: limit - count })
      for (let index = 0; index < result.count; index++) {
        writeSelected(bytes, spans[index * 2] ?? 0, spans[index * 2 + 1] ?? 0)
      }
      count += result.count
      at = result.next
    }
    writeWaiting(bytes, bytes.length)
    trim(bytes)
    return { count, next: at - from }
  }

  function writeSelected(bytes: Buffer, start: number, end: number): void {
    writeWaiting(bytes, start)
    const lead = leadOf(bytes, start, Math.max(writtenTo, 0))
    if (hasGroups && !isFirstGroup && lead !== writtenTo && style.separator !== undefined) {
      painter.separator(style.separator)
    }
    writeContext(bytes, lead, start)
    writeLine(bytes, start, end, true)
    waiting = after
    isFirstGroup = false
  }

  /** Writes what is still to come of the trailing context, as far as it stands before `to`. */
  function writeWaiting(bytes: Buffer, to: number): void {
    if (waiting === 0) return
    for (let at = writtenTo; at < to && waiting > 0; at = writtenTo) {
      writeLine(bytes, at, endOfLine(bytes, at), false)
      waiting--
    }
  }

  function writeContext(bytes: Buffer, from: number, to: number): void {
    for (let at = from; at < to; at = writtenTo) writeLine(bytes, at, endOfLine(bytes, at), false)
  }

  function writeLine(bytes: Buffer, start: number, end: number, isSelected: boolean): void {
    painter.line({ batch: bytes, from: start, to: end }, isSelected, (at) => placeOf(bytes, at))
    writtenTo = Math.min(end + 1, bytes.length)
  }

  function placeOf(bytes: Buffer, at: number): Place {
    if (style.lineNumber) countTo(bytes, at)
    return { lineNumber, byteOffset: windowStart + at }
  }

  function countTo(bytes: Buffer, at: number): void {
    const base = bytes.byteOffset
    lineNumber += kernel.countByte(base + countedTo, base + at, terminator)
    countedTo = at
  }

  /** Where the leading context of a line begins, not before `floor`. */
  function leadOf(bytes: Buffer, start: number, floor: number): number {
    const base = bytes.byteOffset
    let at = start
    for (let left = before; left > 0 && at > floor; left--) {
      at = (kernel.findLastByte(base + floor, base + at - 1, terminator) >>> 0) + 1 - base
    }
    return at
  }

  function endOfLine(bytes: Buffer, start: number): number {
    const base = bytes.byteOffset
    return (kernel.findByte(base + start, base + bytes.length, terminator) >>> 0) - base
  }

  /** Drops what no context reaches any more, now and then. */
  function trim(bytes: Buffer): void {
    if (before > 0 && bytes.length < trimAt) return
    const keptFrom = before === 0 ? bytes.length : leadOf(bytes, bytes.length, Math.max(writtenTo, 0))
    if (style.lineNumber && countedTo < keptFrom) countTo(bytes, keptFrom)
    const kept = Buffer.from(bytes.subarray(keptFrom))
    window.clear()
    window.append(kept)
    windowStart += keptFrom
    countedTo -= keptFrom
    writtenTo = writtenTo === nowhere || writtenTo < keptFrom ? nowhere : writtenTo - keptFrom
    trimAt = kept.length * 2 + batchSize
  }
}
