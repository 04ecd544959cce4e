import type { Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { GrowingBytes, kernel } from '../../../kernel/index.js'
import { Holdings } from '../../holdings.js'
import { Collector } from './collect.js'
import { type Countable, type Counted, readCountables } from './countable.js'
import { type CountedLines, styledSink, tailedSource, writeCounted, writePiece } from './counted.js'
import { DistinctLines } from './distinct.js'
import type { Sink } from './merge.js'
import { Runs } from './runs.js'
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

/** Counts all in a hash table, sorts the different lines, and writes them in a style. Returns the status of reading. */
export function* countLines(counted: Counted, io: StageIo, counting: Counting): Task<number> {
  const holdings = new Holdings()
  const buffers = { read: new GrowingBytes(), written: new GrowingBytes() }
  try {
    const shop = { ...setUp(counted.settings, io, holdings), equals: 'sum' } as const
    return yield* countInShop(counted, io, counting, shop, buffers)
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
  counted: Counted,
  io: StageIo,
  { how, sink, otherwise }: Counting,
  shop: Workshop,
  buffers: Buffers,
): Task<number> {
  const { delimiter, memory, order, holdings } = shop
  let runs = new Runs(shop)
  let held = new Holdings()
  let distinct = new DistinctLines(held, delimiter, memory.part, true)
  let textSize = 0
  let collector: Collector | undefined
  let isDecided = false
  try {
    const status = yield* readCountables(counted, io, take)
    if (collector !== undefined) {
      const rest = yield* collector.finish()
      yield* runs.mergeInto(collectedSink(), rest)
      return status
    }
    if (distinct.size > memory.mostWaiting(false)) yield* store()
    if (!runs.isEmpty) {
      const rest = [tailedSource(sorted(), buffers.read)]
      yield* runs.mergeInto(styledSink(sink(), delimiter, how, buffers.written), rest)
    } else yield* writeCounted(sorted(), how, sink())
    return status
  } finally {
    held.free()
  }

  function* take({ count, size, lines }: Countable): Task<void> {
    if (collector === undefined) {
      while (!distinct.add(count, mayHold)) yield* store()
      textSize += size
      if (!isDecided) decide()
    } else {
      for (const some of lines()) yield* collector.add(some)
      collector.endLine()
    }
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
