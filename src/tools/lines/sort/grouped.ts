import type { Task } from '../../../base/task.js'
import type { Division, Grouping, Operator, StageIo } from '../../../base/tool.js'
import { lines } from '../../../base/type.js'
import { GrowingBytes, kernel, wholeLines } from '../../../kernel/index.js'
import { Holdings } from '../../holdings.js'
import { type CountedLines, everyTailed, style, styledSink, tailedSource, writeCounted } from './counted.js'
import { DistinctLines } from './distinct.js'
import { Collector } from './collect.js'
import { isDivisible, mergeParts } from './division.js'
import { checkReadable, openInput } from './inputs.js'
import type { Sink } from './merge.js'
import { openSink } from './output.js'
import { Runs } from './runs.js'
import type { Settings } from './settings.js'
import { status } from './status.js'
import { setUp, type Workshop } from './workshop.js'

/**
 * `sort | uniq`: counts each different line in a hash table and sorts what is in it. Where the order makes no difference
 * the lines come as they came first.
 */
export function groupedOperator(settings: Settings, grouping: Grouping): Operator {
  return counting(settings, grouping, { isSorted: true, sinkOf: (io) => io.stdout })
}

/** `sort -u` of whole lines. Without `isSorted` they come in any order. */
export function distinctOperator(settings: Settings, isSorted: boolean): Operator {
  const grouping = { delimiter: settings.ordering.delimiter, shows: 'all', counts: false } as const
  return counting(settings, grouping, { isSorted, sinkOf: (io) => openSink(io, undefined) })
}

interface Manner {
  readonly isSorted: boolean
  /** Where the lines go; a refused write is told as the last of the stages tells it. */
  sinkOf(io: StageIo): Sink
}

function counting(settings: Settings, grouping: Grouping, manner: Manner): Operator {
  const { isSorted, sinkOf } = manner
  // To stages that read lines, records in another order are other lines.
  const isOfLines = grouping.delimiter === newline
  return {
    name: 'sort',
    action: `count equal lines in a hash table${isSorted ? ', sort the different ones' : ''}`,
    status,
    types: { input: lines, output: lines },
    traits: {
      memory: 'keys',
      ignoresOrder: isOfLines,
      pure: true,
      ...(isDivisible(settings) ? { divided: () => dividedCount(settings, grouping, sinkOf) } : {}),
      ...(isSorted && isOfLines
        ? { unordered: () => counting(settings, grouping, { isSorted: false, sinkOf }) }
        : {}),
    },
    run: (io) =>
      inCountingShop(settings, io, (shop, buffers) =>
        writeGroups(
          settings.files,
          { how: styleOf(grouping), sink: sinkOf(io), isSorted, buffers },
          io,
          shop,
        ),
      ),
  }
}

/** Each part's lines are counted, and sorted with their counts; then they are merged and the counts are added up. */
function dividedCount(settings: Settings, grouping: Grouping, sinkOf: Manner['sinkOf']): Division {
  return {
    part: {
      name: 'sort',
      action: 'count equal lines of a part in a hash table',
      status,
      types: { input: lines, output: lines },
      traits: { memory: 'keys', pure: true },
      run: (io) =>
        inCountingShop(settings, io, (shop, buffers) =>
          writeGroups(
            settings.files,
            { how: everyTailed, sink: io.stdout, isSorted: true, buffers },
            io,
            shop,
          ),
        ),
    },
    combine: (parts, io) =>
      inCountingShop(settings, io, (shop, { written }) =>
        mergeParts(parts, shop, styledSink(sinkOf(io), shop.delimiter, styleOf(grouping), written)),
      ),
  }
}

interface Buffers {
  readonly read: GrowingBytes
  readonly written: GrowingBytes
}

function* inCountingShop(
  settings: Settings,
  io: StageIo,
  work: (shop: Workshop, buffers: Buffers) => Task<void>,
): Task<number> {
  const holdings = new Holdings()
  const buffers = { read: new GrowingBytes(), written: new GrowingBytes() }
  try {
    yield* work({ ...setUp(settings, io, holdings), equals: 'sum' }, buffers)
    return 0
  } finally {
    buffers.read.free()
    buffers.written.free()
    holdings.free()
  }
}

const shown = { all: style.once | style.again, once: style.once, again: style.again, none: 0 }

function styleOf({ shows, counts }: Grouping): number {
  return shown[shows] | (counts ? style.counted : 0)
}

interface Groups {
  readonly how: number
  readonly sink: Sink
  readonly isSorted: boolean
  readonly buffers: Buffers
}

function* writeGroups(
  files: readonly string[],
  { how, sink, isSorted, buffers }: Groups,
  io: StageIo,
  shop: Workshop,
): Task<void> {
  checkReadable(io, files)
  const { delimiter, budget, order, holdings } = shop
  const runs = new Runs(shop)
  let held = new Holdings()
  let distinct = new DistinctLines(held, delimiter)
  /** Takes over where hashing does not pay. */
  let collector: Collector | undefined
  let isTried = false
  try {
    for (const file of files) {
      const input = openInput(io, file)
      const source = wholeLines(input, delimiter)
      for (let batch = yield* source.read(); batch !== undefined; batch = yield* source.read()) {
        if (collector !== undefined) yield* collector.add(batch)
        else {
          distinct.add(batch)
          if (distinct.size > budget) yield* store()
          else if (!isTried && distinct.recordBytes > Math.min(trialBytes, budget / 4)) decide()
        }
      }
      collector?.endLine()
      input.close()
    }
    if (runs.isEmpty && collector === undefined) yield* writeCounted(list(isSorted), how, sink)
    else {
      const rest = collector?.finish() ?? [tailedSource(list(true), buffers.read)]
      yield* runs.mergeInto(styledSink(sink, delimiter, how, buffers.written), rest)
    }
  } finally {
    held.free()
  }

  function list(isInOrder: boolean): CountedLines {
    const { entries, end } = distinct.list()
    if (isInOrder) kernel.sortTable(order, entries, end)
    return { kind: 'entries', from: entries, to: end, delimiter }
  }

  /** Makes a run of what is counted so far. */
  function* store(): Task<void> {
    yield* runs.add([tailedSource(list(true), buffers.read)])
    held.free()
    held = new Holdings()
    distinct = new DistinctLines(held, delimiter)
  }

  /** Long lines that hardly ever come again are sorted with less work. */
  function decide(): void {
    isTried = true
    const { count, lines, recordBytes } = distinct
    if (lines > count * 1.5 || recordBytes < count * longRecord) return
    const counted = holdings.take(recordBytes)
    const { from, to } = list(true)
    kernel.writeRecords(
      from,
      to,
      delimiter,
      everyTailed,
      counted.byteOffset,
      counted.byteOffset + recordBytes,
    )
    collector = new Collector(shop, runs)
    collector.keep(counted.subarray(0, (kernel.writtenEnd() >>> 0) - counted.byteOffset))
    held.free()
  }
}

const newline = 0x0a
/** Bytes of records after which it shows whether lines come again. */
const trialBytes = 32 * 1024 * 1024
/** Bytes of a record that is long. */
const longRecord = 96
