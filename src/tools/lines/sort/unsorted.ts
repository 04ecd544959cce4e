import type { Input } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import type { PieceReader, StageIo } from '../../../base/tool.js'
import { wholeLines } from '../../../kernel/index.js'
import { Holdings } from '../../holdings.js'
import {
  type Buckets,
  joinBuckets,
  type JoinedRecords,
  PartFailed,
  receiveBuckets,
  sendBuckets,
} from './buckets.js'
import { writeCounted } from './counted.js'
import { lineCounter, pieceCounter } from './counter.js'
import { openInput } from './inputs.js'
import type { Sink } from './merge.js'
import type { Settings } from './settings.js'
import { joinedAtOnce, SpillingTable } from './spilling.js'
import { setUp, type Workshop } from './workshop.js'

// Counting equal lines where nobody minds the order of the different ones: none are compared but those whose hashes are
// the same.

/** What is counted: the lines of the settings' files, or what a reader of pieces finds. */
export interface Counted {
  readonly settings: Settings
  readonly reader: PieceReader | undefined
}

/** Counts all, and writes the different lines in a style. Returns the status of reading. */
export function countUnsorted(counted: Counted, io: StageIo, how: number, sink: Sink): Task<number> {
  return inTable(counted, io, (table, shop) => table.write(writer(how, sink, shop)))
}

/** Counts all of a part, and writes it as `joinParts` reads it. Returns the status of reading. */
export function countPart(counted: Counted, io: StageIo): Task<number> {
  return inTable(counted, io, function* (table) {
    yield* sendBuckets(yield* table.buckets(), io.stdout)
  })
}

/** Writes the different lines of all parts in a style; none, or no more, where a part failed. */
export function* joinParts(parts: readonly Input[], how: number, sink: Sink, shop: Workshop): Task<void> {
  try {
    const sources: Buckets[] = []
    for (const part of parts) sources.push(yield* receiveBuckets(part))
    yield* joinBuckets(sources, joinedAtOnce(shop), shop.holdings, writer(how, sink, shop))
  } catch (error) {
    if (!(error instanceof PartFailed)) throw error
  }
}

function* inTable(
  { settings, reader }: Counted,
  io: StageIo,
  work: (table: SpillingTable, shop: Workshop) => Task<void>,
): Task<number> {
  const holdings = new Holdings()
  const shop = setUp(settings, io, holdings)
  const table = new SpillingTable(shop)
  try {
    const status =
      reader === undefined
        ? yield* countFiles(settings, io, table)
        : yield* reader.read(io, (pieces) => table.add(pieceCounter(pieces)))
    yield* work(table, shop)
    return status
  } finally {
    table.free()
    holdings.free()
  }
}

function* countFiles({ files, ordering }: Settings, io: StageIo, table: SpillingTable): Task<number> {
  for (const file of files) {
    const input = openInput(io, file)
    const source = wholeLines(input, ordering.delimiter)
    for (let batch = yield* source.read(); batch !== undefined; batch = yield* source.read())
      yield* table.add(lineCounter(batch))
    input.close()
  }
  return 0
}

function writer(how: number, sink: Sink, { delimiter }: Workshop): (records: JoinedRecords) => Task<void> {
  return (records) => writeCounted({ kind: 'records', ...records, delimiter }, how, sink)
}
