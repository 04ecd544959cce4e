import type { Input } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
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
import { openInput } from './inputs.js'
import type { Sink } from './merge.js'
import type { Settings } from './settings.js'
import { joinedAtOnce, SpillingTable } from './spilling.js'
import { setUp, type Workshop } from './workshop.js'

// Counting equal lines where nobody minds the order of the different ones: none are compared but those whose hashes are
// the same.

/** Counts the lines of all files, and writes the different ones in a style. */
export function countUnsorted(settings: Settings, io: StageIo, how: number, sink: Sink): Task<void> {
  return inTable(settings, io, (table, shop) => table.write(writer(how, sink, shop)))
}

/** Counts the lines of a part, and writes them as `joinParts` reads them. */
export function countPart(settings: Settings, io: StageIo): Task<void> {
  return inTable(settings, io, function* (table) {
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
  settings: Settings,
  io: StageIo,
  work: (table: SpillingTable, shop: Workshop) => Task<void>,
): Task<void> {
  const holdings = new Holdings()
  const shop = setUp(settings, io, holdings)
  const table = new SpillingTable(shop)
  try {
    for (const file of settings.files) {
      const input = openInput(io, file)
      const source = wholeLines(input, shop.delimiter)
      for (let batch = yield* source.read(); batch !== undefined; batch = yield* source.read())
        yield* table.add(batch)
      input.close()
    }
    yield* work(table, shop)
  } finally {
    table.free()
    holdings.free()
  }
}

function writer(how: number, sink: Sink, { delimiter }: Workshop): (records: JoinedRecords) => Task<void> {
  return (records) => writeCounted({ kind: 'records', ...records, delimiter }, how, sink)
}
