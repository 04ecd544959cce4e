import type { Task } from '../../../base/task.js'
import { bytesAt } from '../../../kernel/index.js'
import { Holdings } from '../../holdings.js'
import {
  bucketCount,
  type BucketRun,
  type Buckets,
  joinBuckets,
  type JoinedRecords,
  runBuckets,
  tableBuckets,
  writeBuckets,
} from './buckets.js'
import { DistinctLines } from './distinct.js'
import { LeveledRuns } from './levels.js'
import { type RunWriter, runWriters } from './run-file.js'
import type { Workshop } from './workshop.js'

/** Different lines with how often each came, in no order. When memory is used up, what there is becomes a run. */
export class SpillingTable {
  readonly #runs: LeveledRuns<BucketRun>
  readonly #create: () => RunWriter
  #held = new Holdings()
  #distinct: DistinctLines

  constructor(private readonly shop: Workshop) {
    this.#create = runWriters(shop)
    this.#runs = new LeveledRuns(shop.fanIn, (runs) => this.#merge(runs))
    this.#distinct = this.#newTable()
  }

  /** Counts whole lines. */
  *add(lines: Buffer): Task<void> {
    for (let rest = this.#add(lines); rest.length > 0; rest = this.#add(rest)) yield* this.#spill()
  }

  #add(lines: Buffer): Buffer {
    const { memory, holdings } = this.shop
    return this.#distinct.add(lines, (size) => !memory.hold(holdings.used + size + this.#buffers))
  }

  /** Writes all, with the records of a line joined. Nothing can be added any more. */
  *write(to: (records: JoinedRecords) => Task<void>): Task<void> {
    const { memory, holdings } = this.shop
    const isInMemory = this.#runs.count === 0
    if (this.#distinct.size > memory.mostWaiting(isInMemory)) yield* this.#spill()
    if (!isInMemory || this.#runs.count > 0)
      return yield* joinBuckets(yield* this.buckets(), joinedAtOnce(this.shop), holdings, to)
    for (const records of this.#distinct.records()) {
      yield* to(records)
      memory.hold(holdings.used + this.#held.used)
    }
  }

  /** All records; those of a line are in the same bucket. Nothing can be added any more. */
  *buckets(): Task<readonly Buckets[]> {
    const runs = this.#openAll(yield* this.#runs.take())
    return [...runs, tableBuckets(this.#distinct, this.shop.holdings)]
  }

  free(): void {
    this.#held.free()
  }

  *#spill(): Task<void> {
    const { holdings } = this.shop
    const table = tableBuckets(this.#distinct, holdings)
    const writer = this.#create()
    yield* writeBuckets([table], writer)
    yield* this.#runs.add({ ...writer.finish(), sizes: table.sizes })
    this.#held.free()
    this.#held = new Holdings()
    this.#distinct = this.#newTable()
  }

  #newTable(): DistinctLines {
    const { delimiter, memory } = this.shop
    return new DistinctLines(this.#held, delimiter, memory.part, false)
  }

  *#merge(runs: readonly BucketRun[]): Task<BucketRun> {
    const { holdings } = this.shop
    const writer = this.#create()
    const sizes = new Uint32Array(bucketCount)
    yield* joinBuckets(this.#openAll(runs), 0, holdings, function* ({ from, to }, bucket) {
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

  /** Bytes that making a run takes, or joining all. */
  get #buffers(): number {
    const { count } = this.#runs
    return (count + 1) * this.shop.blockSize + (count > 0 ? 2 * joinedAtOnce(this.shop) : 0)
  }
}

/** Bytes of records that are joined at a time: what a processor's nearer caches hold, or a part of what there is. */
export function joinedAtOnce({ memory }: Workshop): number {
  return Math.min(mostJoined, memory.part / 8)
}

const mostJoined = 1024 * 1024
