import type { StageIo } from '../../../base/tool.js'
import { allocate, kernel, release, wordsAt } from '../../../kernel/index.js'
import type { LineResult, Regex } from '../../../kernel/regex/index.js'
import { createPrefixWriter } from './prefix.js'
import type { Settings } from './settings.js'

/** Takes the selected lines out of batches and writes what is to be written of them. */
export interface LineWriter {
  /** Begins a file; its name is undefined when it is not to be shown, its size when it is not known. */
  begin(name: Buffer | undefined, size: number | undefined): void
  /** Takes the lines of a batch, up to `limit` selected ones. */
  take(batch: Buffer, limit: number): Pick<LineResult, 'count' | 'next'>
  /** Says that a group of lines was selected without being shown. */
  markGroup(): void
  /** Whether it writes to standard output. */
  readonly writesLines: boolean
  /** Whether lines are still to be written after the last selected one. */
  readonly isWaiting: boolean
  free(): void
}

/** Counts lines and writes nothing. */
export function createCounter(regex: Regex, invert: boolean): LineWriter {
  return {
    begin: () => undefined,
    take: (batch, limit) => regex.select(whole(batch), { kind: 'count' }, { invert, limit }),
    markGroup: () => undefined,
    writesLines: false,
    isWaiting: false,
    free: () => undefined,
  }
}

/** Writes lines, or with -o what matches in them, a batch at a time. */
export function createLineWriter(settings: Settings, regex: Regex, io: StageIo): LineWriter {
  const { style, search, terminator } = settings
  const { invert } = search
  const { stdout } = io
  const prefix = createPrefixWriter(style, terminator)
  const spans = wordsAt(allocate(spanLimit * 8), spanLimit * 2)
  const hasNumbers = style.lineNumber || style.byteOffset
  let isPrefixed = hasNumbers
  let isAnySelected = false
  return {
    begin(name) {
      isPrefixed = hasNumbers || name !== undefined
      isAnySelected = false
      if (isPrefixed)
        prefix.begin(Buffer.concat(name === undefined ? [] : [name, style.nullName ? nul : colon]))
    },
    take(batch, limit) {
      if (style.onlyMatching) return takeMatches(batch)
      return isPrefixed ? takePrefixed(batch, limit) : takeLines(batch, limit)
    },
    markGroup: () => undefined,
    writesLines: true,
    isWaiting: false,
    free() {
      prefix.free()
      release(spans.byteOffset)
    },
  }

  function takeLines(batch: Buffer, limit: number): LineResult {
    const address = stdout.reserve(batch.length + 1)
    const result = regex.select(whole(batch), { kind: 'copy', address }, { invert, limit })
    stdout.advance(result.written)
    return result
  }

  function takePrefixed(batch: Buffer, limit: number): Pick<LineResult, 'count' | 'next'> {
    prefix.enter(batch)
    let count = 0
    let next = 0
    while (next < batch.length && count < limit) {
      const text = { batch, from: next, to: batch.length }
      const result = regex.select(text, { kind: 'list', spans }, { invert, limit: limit - count })
      writePieces(batch, result.count)
      count += result.count
      next = result.next
    }
    prefix.leave(batch)
    return { count, next }
  }

  /** What matches the empty string selects a line and shows nothing of it. */
  function takeMatches(batch: Buffer): Pick<LineResult, 'count' | 'next'> {
    if (!isAnySelected) {
      isAnySelected = regex.select(whole(batch), { kind: 'count' }, { limit: 1 }).count > 0
    }
    if (isPrefixed) prefix.enter(batch)
    const walk = regex.matches(whole(batch), { skipEmpty: true })
    for (let count = walk(spans); count > 0; count = walk(spans)) writePieces(batch, count)
    if (isPrefixed) prefix.leave(batch)
    return { count: isAnySelected ? 1 : 0, next: batch.length }
  }

  function writePieces(batch: Buffer, count: number): void {
    if (count === 0) return
    const extent = (spans[count * 2 - 1] ?? 0) - (spans[0] ?? 0)
    const address = stdout.reserve(extent + count * (isPrefixed ? prefix.roomPerPiece : 1))
    stdout.advance(
      isPrefixed
        ? prefix.write(spans, count, address)
        : kernel.copySpans(batch.byteOffset, spans.byteOffset, count, terminator, address),
    )
  }
}

/** Lines or matches that are listed at a time. */
const spanLimit = 4096
const nul = Buffer.from([0])
const colon = Buffer.from(':')

function whole(batch: Buffer): { batch: Buffer; from: number; to: number } {
  return { batch, from: 0, to: batch.length }
}
