import type { Task } from '../../../base/task.js'
import { bytesAt } from '../../../kernel/index.js'
import { Holdings } from '../../holdings.js'
import {
  type BucketRun,
  type Buckets,
  copiedBuckets,
  type CopiedBuckets,
  joinBuckets,
  type JoinedRecords,
  repetition,
  runBuckets,
  tableBuckets,
  writeBuckets,
} from './buckets.js'
import type { Counter } from './countable.js'
import { bucketCount, DistinctLines } from './distinct.js'
import { LeveledRuns } from './levels.js'
import { type RunWriter, runWriters } from './run-file.js'
import type { Workshop } from './workshop.js'

/**
 * Different lines with how often each came, in no order. They are counted in a table that a processor's caches hold; where
 * hardly any come again, what is in it is put by when it is full; where they do, soon or after a while, it grows. When memory is used up, all that
 * was put by becomes a run.
 */
export class SpillingTable {
  readonly #runs: LeveledRuns<BucketRun>
  readonly #create: () => RunWriter
  #held = new Holdings()
  #distinct: DistinctLines
  /** Bytes up to which the table grows. */
  #limit: number
  #putBy: CopiedBuckets[] = []

  constructor(private readonly shop: Workshop) {
    this.#create = runWriters(shop)
    this.#runs = new LeveledRuns(shop.fanIn, (runs) => this.#merge(this.#openAll(runs)))
    this.#distinct = this.#newTable()
    this.#limit = Math.min(firstLimit, shop.memory.part / 4)
  }

  /** Counts what a counter counts. */
  *add(count: Counter): Task<void> {
    const mayHold = (size: number): boolean => this.#hasRoom(size) && (size <= this.#limit || this.#grows())
    while (!this.#distinct.add(count, mayHold)) yield* this.#empty()
  }

  /** Writes all, with the records of a line joined. Nothing can be added any more. */
  *write(to: (records: JoinedRecords) => Task<void>): Task<void> {
    const { memory, holdings } = this.shop
    const isInTable = this.#runs.count === 0 && this.#putBy.length === 0
    const most = memory.mostWaiting(isInTable)
    if (holdings.used + this.#distinct.size > most) {
      yield* this.#spill()
      if (this.#distinct.size > most) yield* this.#empty()
    }
    if (!isInTable || this.#runs.count > 0)
      return yield* joinBuckets(yield* this.buckets(), joinedAtOnce(this.shop), holdings, to)
    for (const records of this.#distinct.records()) {
      yield* to(records)
      memory.hold(holdings.used + this.#held.used)
    }
  }

  /** All records; those of a line are in the same bucket. Nothing can be added any more. */
  *buckets(): Task<readonly Buckets[]> {
    const runs = this.#openAll(yield* this.#runs.take())
    return [...runs, ...this.#putBy, tableBuckets(this.#distinct)]
  }

  free(): void {
    this.#held.free()
  }

  /** Whether the table may take so many bytes. */
  #hasRoom(size: number): boolean {
    const { memory, holdings, blockSize } = this.shop
    const { count } = this.#runs
    const joining = count + this.#putBy.length > 0 ? 2 * joinedAtOnce(this.shop) : 0
    return !memory.hold(holdings.used + size + (count + 1) * blockSize + joining)
  }

  /** Lets the table grow where lines come again. */
  #grows(): boolean {
    const isRepeated = this.#distinct.lines() >= 1.5 * this.#distinct.count
    if (isRepeated) this.#limit *= 2
    return isRepeated
  }

  /** Whether lines come again that were put by. */
  #comeAgain(): boolean {
    return this.#putBy.length >= fewest && repetition(this.#putBy, this.shop.holdings) >= 1.5
  }

  /** Puts by what is in the table, or makes a run of it where there is no room for that. */
  *#empty(): Task<void> {
    const { size, recordBytes, slots } = this.#distinct
    // What is read, joined and on its way to another thread at the end needs some room as well.
    const needed = size + recordBytes + this.shop.memory.part / 8
    if (!this.#hasRoom(needed)) yield* this.#spill()
    if (this.#hasRoom(needed)) {
      this.#putBy.push(copiedBuckets(this.#distinct, this.shop.holdings))
      if (this.#comeAgain()) this.#limit = Infinity
    } else {
      const table = tableBuckets(this.#distinct)
      const writer = this.#create()
      yield* writeBuckets([table], writer)
      yield* this.#runs.add({ ...writer.finish(), sizes: table.sizes })
    }
    this.#held.free()
    this.#held = new Holdings()
    this.#distinct = this.#newTable(slots)
  }

  #newTable(slots?: number): DistinctLines {
    const { delimiter, memory } = this.shop
    return new DistinctLines(this.#held, delimiter, memory.part, false, slots)
  }

  /** Makes a run of all that was put by. */
  *#spill(): Task<void> {
    const sources = this.#putBy.splice(0)
    if (sources.length > 0) yield* this.#runs.add(yield* this.#merge(sources))
  }

  /** Makes a run in which the records of a line are one. */
  *#merge(sources: readonly Buckets[]): Task<BucketRun> {
    const writer = this.#create()
    const sizes = new Uint32Array(bucketCount)
    yield* joinBuckets(sources, 0, this.shop.holdings, function* ({ from, to }, bucket) {
      const size = to - from
      sizes[bucket] = size
      bytesAt(writer.reserve(size), size).set(bytesAt(from, size))
      writer.advance(size)
      yield* writer.flush()
    })
    return { ...writer.finish(), sizes }
  }

  #openAll(runs: readonly BucketRun[]): readonly Buckets[] {
    const { blockSize, holdings } = this.shop
    return runs.map((run) => runBuckets(run, blockSize, holdings))
  }
}

/** Bytes of records that are joined at a time: what a processor's nearer caches hold, or a part of what there is. */
export function joinedAtOnce({ memory }: Workshop): number {
  return Math.min(mostJoined, memory.part / 8)
}

/** How many tables are put by before it shows whether lines come again. */
const fewest = 4
const mostJoined = 1024 * 1024
/** Bytes of a table that a processor's caches hold. */
const firstLimit = 12 * 1024 * 1024
