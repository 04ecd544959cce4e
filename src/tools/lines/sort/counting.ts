import type { Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { GrowingBytes, kernel, wholeLines } from '../../../kernel/index.js'
import { Holdings } from '../../holdings.js'
import { Collector } from './collect.js'
import { type CountedLines, styledSink, tailedSource, writeCounted, writePiece } from './counted.js'
import { lineCounter } from './counter.js'
import { DistinctLines } from './distinct.js'
import { openInput } from './inputs.js'
import type { Sink } from './merge.js'
import { Runs } from './runs.js'
import type { Settings } from './settings.js'
import { setUp, type Workshop } from './workshop.js'

/** How lines are counted and then written. */
export interface Counting {
  /** In which style, and where to; opened when all lines are known. */
  readonly how: number
  sink(): Sink
  readonly otherwise: Otherwise
}

/** What is done instead where counting does not pay. */
export interface Otherwise {
  /** Whether it does not, so far; undefined when it is too early to tell. */
  isDue(distinct: DistinctLines, textSize: number, part: number): boolean | undefined
  /** Whether lines keep their counts behind them, or are sorted as they are. */
  readonly equals: 'sum' | 'all'
  /** The style in which what was counted so far is handed over. */
  readonly how: number
  sink(): Sink
}

/** Counts the lines of all files in a hash table, sorts the different ones, and writes them in a style. */
export function* countLines(settings: Settings, io: StageIo, counting: Counting): Task<void> {
  const holdings = new Holdings()
  const buffers = { read: new GrowingBytes(), written: new GrowingBytes() }
  try {
    const shop = { ...setUp(settings, io, holdings), equals: 'sum' } as const
    yield* countInShop(settings.files, io, counting, shop, buffers)
  } finally {
    buffers.read.free()
    buffers.written.free()
    holdings.free()
  }
}

interface Buffers {
  readonly read: GrowingBytes
  readonly written: GrowingBytes
}

function* countInShop(
  files: readonly string[],
  io: StageIo,
  { how, sink, otherwise }: Counting,
  shop: Workshop,
  buffers: Buffers,
): Task<void> {
  const { delimiter, memory, order, holdings } = shop
  let runs = new Runs(shop)
  let held = new Holdings()
  let distinct = new DistinctLines(held, delimiter, memory.part, true)
  let textSize = 0
  let collector: Collector | undefined
  let isDecided = false
  try {
    for (const file of files) {
      const input = openInput(io, file)
      const source = wholeLines(input, delimiter)
      for (let batch = yield* source.read(); batch !== undefined; batch = yield* source.read()) {
        if (collector !== undefined) yield* collector.add(batch)
        else {
          for (const count = lineCounter(batch); !distinct.add(count, mayHold);) yield* store()
          textSize += batch.length
          if (!isDecided) decide()
        }
      }
      collector?.endLine()
      input.close()
    }
    if (collector !== undefined) {
      const rest = yield* collector.finish()
      return yield* runs.mergeInto(collectedSink(), rest)
    }
    if (distinct.size > memory.mostWaiting(false)) yield* store()
    if (!runs.isEmpty) {
      const rest = [tailedSource(sorted(), buffers.read)]
      yield* runs.mergeInto(styledSink(sink(), delimiter, how, buffers.written), rest)
    } else yield* writeCounted(sorted(), how, sink())
  } finally {
    held.free()
  }

  function mayHold(size: number): boolean {
    return !memory.hold(holdings.used + size + runs.buffers)
  }

  function sorted(): CountedLines {
    const { entries, end } = distinct.list()
    kernel.sortTable(order, entries, end)
    return { kind: 'entries', from: entries, to: end, delimiter }
  }

  /** Makes a run of what is counted so far. */
  function* store(): Task<void> {
    isDecided = true
    yield* runs.add([tailedSource(sorted(), buffers.read)])
    held.free()
    held = new Holdings()
    distinct = new DistinctLines(held, delimiter, memory.part, true)
  }

  function decide(): void {
    const isDue = otherwise.isDue(distinct, textSize, memory.part)
    isDecided = isDue !== undefined
    if (isDue !== true) return
    const otherShop = { ...shop, equals: otherwise.equals }
    runs = new Runs(otherShop)
    collector = new Collector(otherShop, runs)
    collector.keep(writePiece(sorted(), otherwise.how, holdings))
    held.free()
  }

  function collectedSink(): Sink {
    if (otherwise.equals === 'all') return otherwise.sink()
    return styledSink(otherwise.sink(), delimiter, how, buffers.written)
  }
}
