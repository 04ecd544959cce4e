import type { Division, Grouping, Operator, PieceReader, StageIo, ToolStatus } from '../../../base/tool.js'
import { lines } from '../../../base/type.js'
import { wholeLines } from '../../../kernel/index.js'
import { everyTailed, style, styledSink } from './counted.js'
import { type Counting, countLines } from './counting.js'
import type { DistinctLines } from './distinct.js'
import { inWorkshop, isDivisible } from './division.js'
import { checkReadable } from './inputs.js'
import { mergeSources, type Sink } from './merge.js'
import { openSink } from './output.js'
import type { Settings } from './settings.js'
import { status } from './status.js'
import { countPart, countUnsorted, joinParts } from './unsorted.js'

/**
 * `sort | uniq`: counts each different line in a hash table and sorts what is in it. Where the order makes no difference
 * the lines come as they came first.
 */
export function groupedOperator(settings: Settings, grouping: Grouping): Operator {
  return counting(settings, grouping, { isSorted: true, sinkOf: (io) => io.stdout })
}

/** `sort -u` of whole lines. Without `isSorted` they come in any order. */
export function distinctOperator(settings: Settings, isSorted: boolean): Operator {
  return counting(settings, distinct(settings), { isSorted, sinkOf: (io) => openSink(io, undefined) })
}

export function dividedDistinct(settings: Settings): Division {
  return dividedCount(settings, distinct(settings), {
    isSorted: true,
    sinkOf: (io) => openSink(io, undefined),
  })
}

function distinct({ ordering }: Settings): Grouping {
  return { delimiter: ordering.delimiter, shows: 'all', counts: false }
}

interface Manner {
  readonly isSorted: boolean
  /** What finds the pieces of lines that are counted instead of lines. */
  readonly reader?: PieceReader
  /** Where the lines go; a refused write is told as the last of the stages tells it. */
  sinkOf(io: StageIo): Sink
}

function counting(settings: Settings, grouping: Grouping, manner: Manner): Operator {
  const { isSorted, reader, sinkOf } = manner
  // To stages that read lines, records in another order are other lines.
  const isOfLines = grouping.delimiter === newline
  return {
    name: 'sort',
    action: `count equal ${what(reader)} in a hash table${isSorted ? ', sort the different ones' : ''}`,
    status: statusOf(reader),
    types: { input: lines, output: lines },
    traits: {
      memory: 'keys',
      ignoresOrder: isOfLines,
      pure: true,
      ...(isDivisible(settings) ? { divided: () => dividedCount(settings, grouping, manner) } : {}),
      ...(isSorted && isOfLines
        ? { unordered: () => counting(settings, grouping, { ...manner, isSorted: false }) }
        : {}),
      ...(reader !== undefined
        ? {}
        : {
            ofPieces: (pieces) =>
              pieces.delimiter === grouping.delimiter
                ? counting(settings, grouping, { ...manner, reader: pieces })
                : undefined,
          }),
    },
    *run(io) {
      checkReadable(io, settings.files)
      const sink = sinkOf(io)
      const how = styleOf(grouping)
      const counted = { settings, reader }
      if (!isSorted) return yield* countUnsorted(counted, io, how, sink)
      return yield* countLines(
        counted,
        io,
        sorting(how, () => sink),
      )
    },
  }
}

/** Each part's lines are counted; then the parts are merged, in order or not, and the counts are added up. */
function dividedCount(
  settings: Settings,
  grouping: Grouping,
  { isSorted, reader, sinkOf }: Manner,
): Division {
  const how = styleOf(grouping)
  return {
    part: {
      name: 'sort',
      action: `count equal ${what(reader)} of a part in a hash table`,
      status: statusOf(reader),
      types: { input: lines, output: lines },
      traits: { memory: 'keys', pure: true },
      *run(io) {
        checkReadable(io, settings.files)
        const counted = { settings, reader }
        if (!isSorted) return yield* countPart(counted, io)
        return yield* countLines(
          counted,
          io,
          sorting(everyTailed, () => io.stdout),
        )
      },
    },
    combine: (parts, io) =>
      inWorkshop(settings, io, (shop, buffer) => {
        const { order, delimiter, holdings } = shop
        if (!isSorted) return joinParts(parts, how, sinkOf(io), shop)
        const sources = parts.map((part) => wholeLines(part, delimiter))
        return mergeSources(order, sources, 'sum', styledSink(sinkOf(io), delimiter, how, buffer), holdings)
      }),
  }
}

function what(reader: PieceReader | undefined): string {
  return reader === undefined ? 'lines' : 'pieces of lines'
}

/** That an input could not be read is no answer, whichever code says so. */
function statusOf(reader: PieceReader | undefined): ToolStatus {
  return reader === undefined ? status : { ...status, false: [] }
}

function sorting(how: number, sink: () => Sink): Counting {
  return {
    how,
    sink,
    otherwise: { isDue: isSortingLess, equals: 'sum', how: everyTailed, sink },
  }
}

/** Long lines that hardly ever come again are sorted with less work. */
function isSortingLess(distinct: DistinctLines, _textSize: number, part: number): boolean | undefined {
  const { count, recordBytes } = distinct
  if (recordBytes <= Math.min(trialBytes, part / 4)) return undefined
  return recordBytes >= count * longRecord && distinct.lines() <= count * 1.5
}

const shown = { all: style.once | style.again, once: style.once, again: style.again, none: 0 }

function styleOf({ shows, counts }: Grouping): number {
  return shown[shows] | (counts ? style.counted : 0)
}

const newline = 0x0a
/** Bytes of records after which it shows whether lines come again. */
const trialBytes = 32 * 1024 * 1024
/** Bytes of a record that is long. */
const longRecord = 96
