import { allocate, release, wordsAt } from '../memory.js'
import type { Finder } from './find.js'
import type { Text } from './text.js'
import type { LineOptions, LineResult, LineTarget } from './lines.js'
import type { Selector } from './select.js'

/** The leftmost, then longest, of what several finders find. */
export function combineFinders(finders: readonly Finder[]): Finder {
  const [only, ...others] = finders
  if (only !== undefined && others.length === 0) return only
  return { exec, test, free: () => finders.forEach((finder) => finder.free()) }

  function exec(text: Text, at: number, spans: Int32Array): boolean {
    let found = false
    const candidate = new Int32Array(spans.length)
    for (const finder of finders) {
      if (!finder.exec(text, at, candidate)) continue
      if (!found || isBetter(candidate, spans)) spans.set(candidate)
      found = true
    }
    return found
  }

  function test(text: Text): boolean {
    return finders.some((finder) => finder.test(text))
  }
}

function isBetter([start = 0, end = 0]: Int32Array, [otherStart = 0, otherEnd = 0]: Int32Array): boolean {
  return start < otherStart || (start === otherStart && end > otherEnd)
}

const spansAtATime = 512

type Line = readonly [start: number, end: number]

/**
 * Selects lines that `candidates` passes and `finder` confirms.
 */
export function createConfirmingSelector(candidates: Selector, finder: Finder, terminator: number): Selector {
  const room = wordsAt(allocate(spansAtATime * 8), spansAtATime * 2)
  return {
    select,
    free() {
      candidates.free()
      release(room.byteOffset)
    },
  }

  function select(
    text: Text,
    target: LineTarget,
    { invert = false, limit = Infinity }: LineOptions,
  ): LineResult {
    const { batch, to } = text
    const most = target.kind === 'list' ? Math.min(limit, target.spans.length >> 1) : limit
    let count = 0
    let written = 0
    let next = most === 0 ? text.from : to
    if (most > 0)
      for (const [start, end] of invert ? others(text) : confirmed(text)) {
        if (target.kind === 'list') target.spans.set([start, end], count * 2)
        if (target.kind === 'copy') written += copyLine(batch, start, end, target.address + written)
        if (++count < most) continue
        next = Math.min(end + 1, to)
        break
      }
    return { count, next, written: target.kind === 'list' ? count * 8 : written }
  }

  /** Where the lines begin and end that do not match. */
  function* others(text: Text): Generator<Line, undefined> {
    let at = text.from
    for (const [start, end] of confirmed(text)) {
      yield* linesIn(text.batch, at, start)
      at = end + 1
    }
    yield* linesIn(text.batch, at, text.to)
    return undefined
  }

  function* linesIn(batch: Buffer, from: number, to: number): Generator<Line, undefined> {
    for (let at = from; at < to;) {
      const found = batch.indexOf(terminator, at)
      const end = found < 0 || found >= to ? to : found
      yield [at, end]
      at = end + 1
    }
    return undefined
  }

  /** Where the lines begin and end that match. */
  function* confirmed({ batch, from, to }: Text): Generator<Line, undefined> {
    for (let at = from; at < to;) {
      const { count, next } = candidates.select({ batch, from: at, to }, { kind: 'list', spans: room }, {})
      const spans = room.slice(0, count * 2)
      for (let index = 0; index < spans.length; index += 2) {
        const [start = 0, end = 0] = [spans[index], spans[index + 1]]
        if (finder.test({ batch, from: start, to: end })) yield [start, end]
      }
      at = next
    }
    return undefined
  }

  function copyLine(batch: Buffer, start: number, end: number, address: number): number {
    const length = end - start
    const copy = Buffer.from(batch.buffer, address, length + 1)
    batch.copy(copy, 0, start, end)
    copy[length] = terminator
    return length + 1
  }
}
