import type { Input } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { Holdings } from '../../holdings.js'
import {
  type Buckets,
  joinBuckets,
  type JoinedRecords,
  PartFailed,
  receiveBuckets,
  sendBuckets,
} from './buckets.js'
import { type Counted, readCountables } from './countable.js'
import { writeCounted } from './counted.js'
import type { Sink } from './merge.js'
import { joinedAtOnce, SpillingTable } from './spilling.js'
import { setUp, type Workshop } from './workshop.js'

// Counting equal lines where nobody minds the order of the different ones: none are compared but those whose hashes are
// the same.

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
  counted: Counted,
  io: StageIo,
  work: (table: SpillingTable, shop: Workshop) => Task<void>,
): Task<number> {
  const holdings = new Holdings()
  const shop = setUp(counted.settings, io, holdings)
  const table = new SpillingTable(shop)
  try {
    const status = yield* readCountables(counted, io, ({ count }) => table.add(count))
    yield* work(table, shop)
    return status
  } finally {
    table.free()
    holdings.free()
  }
}

function writer(how: number, sink: Sink, { delimiter }: Workshop): (records: JoinedRecords) => Task<void> {
  return (records) => writeCounted({ kind: 'records', ...records, delimiter }, how, sink)
}
