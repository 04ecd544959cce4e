import { ToolError } from '../../../base/error.js'
import { batchSize, type Input } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import { bytesAt, kernel } from '../../../kernel/index.js'
import type { Holdings } from '../../holdings.js'
import { bucketCount, type DistinctLines } from './distinct.js'
import type { Sink } from './merge.js'
import { readRunFile, type RunFile } from './run-file.js'

const headerSize = 4 * bucketCount

/**
 * Records of lines with their counts, by the first bits of their hashes: those of equal lines are in the same bucket,
 * wherever they come from.
 */
export interface Buckets {
  /** How many bytes each bucket holds. */
  readonly sizes: Uint32Array
  /** Copies the buckets [first, last) to `to`, which they fill. Buckets are read once, in their order. */
  readonly read: (first: number, last: number, to: Buffer) => Task<void>
}

/** The buckets of a table. */
export function tableBuckets(distinct: DistinctLines): Buckets {
  const sizes = distinct.measureBuckets()
  return {
    sizes,
    *read(first, last, { byteOffset }) {
      for (let bucket = first; bucket < last; bucket++)
        if (sizes[bucket] !== 0) byteOffset = distinct.copyBucket(bucket, byteOffset)
    },
  }
}

/** A copy of a table's buckets, in memory. */
export interface CopiedBuckets extends Buckets {
  /** All of them, in their order. */
  readonly records: Buffer
}

export function copiedBuckets(distinct: DistinctLines, holdings: Holdings): CopiedBuckets {
  const sizes = distinct.measureBuckets()
  const block = holdings.take(sumOf(sizes))
  let end = block.byteOffset
  distinct.copyBuckets(Array.from(sizes, (size) => (end += size) - size))
  let rest = block
  return {
    sizes,
    records: block,
    *read(_first, _last, to) {
      rest = rest.subarray(rest.copy(to))
      if (rest.length === 0) holdings.release(block.byteOffset)
    },
  }
}

/** A run whose records stand in the order of their buckets. */
export interface BucketRun extends RunFile {
  readonly sizes: Uint32Array
}

export function runBuckets({ file, size, sizes }: BucketRun, blockSize: number, holdings: Holdings): Buckets {
  const block = holdings.take(blockSize)
  let offset = 0
  let rest = block.subarray(0, 0)
  const fill = (to: Buffer, least: number): number => {
    let count = 0
    while (count < least) {
      const read = readRunFile(file, to.subarray(count), offset + count)
      if (read === 0) throw new ToolError('read failed: a temporary file is shorter than it was written')
      count += read
    }
    offset += count
    return count
  }
  return {
    sizes,
    *read(_first, _last, to) {
      const held = rest.copy(to)
      rest = rest.subarray(held)
      const missing = to.subarray(held)
      if (missing.length >= blockSize) fill(missing, missing.length)
      else if (missing.length > 0) {
        rest = block.subarray(0, fill(block, missing.length))
        rest = rest.subarray(rest.copy(missing))
      }
      if (offset < size || rest.length > 0) return
      holdings.release(block.byteOffset)
      holdings.close(file)
    },
  }
}

/** The buckets that `sendBuckets` wrote. Throws `PartFailed`. */
export function* receiveBuckets(input: Input): Task<Buckets> {
  let rest: Buffer = Buffer.alloc(0)
  const fill = function* (to: Buffer): Task<void> {
    for (let at = 0; at < to.length;) {
      if (rest.length === 0) rest = (yield* input.read()) ?? fail()
      const count = Math.min(rest.length, to.length - at)
      to.set(rest.subarray(0, count), at)
      rest = rest.subarray(count)
      at += count
    }
  }
  const sizes = new Uint32Array(bucketCount)
  yield* fill(Buffer.from(sizes.buffer))
  return { sizes, read: (_first, _last, to) => fill(to) }
}

/** A part ended before all of it was written; its outcome says why. */
export class PartFailed extends Error {}

function fail(): never {
  throw new PartFailed()
}

/** Writes how large all buckets are together, and then bucket after bucket. */
export function* sendBuckets(sources: readonly Buckets[], sink: Sink): Task<void> {
  bytesAt(sink.reserve(headerSize), headerSize).set(Buffer.from(sumSizes(sources).buffer))
  sink.advance(headerSize)
  yield* writeBuckets(sources, sink)
}

/** Writes bucket after bucket. */
export function* writeBuckets(sources: readonly Buckets[], sink: Sink): Task<void> {
  let pending = 0
  // Of one source, several buckets are read as they are written.
  for (const { first, last, size } of groupsOf(sumSizes(sources), sources.length === 1 ? batchSize : 0)) {
    yield* readAll(sources, first, last, bytesAt(sink.reserve(size), size))
    sink.advance(size)
    pending += size
    if (pending < batchSize) continue
    yield* sink.flush()
    pending = 0
  }
  yield* sink.flush()
}

/** Records that were joined; those of equal lines are one. */
export interface JoinedRecords {
  readonly from: number
  readonly to: number
}

/** Joins the records of all sources; as many buckets at a time as `size` bytes hold, but one at least. */
export function* joinBuckets(
  sources: readonly Buckets[],
  size: number,
  holdings: Holdings,
  write: (records: JoinedRecords, firstBucket: number) => Task<void>,
): Task<void> {
  for (const group of groupsOf(sumSizes(sources), size)) {
    const records = holdings.take(group.size)
    yield* readAll(sources, group.first, group.last, records)
    const from = records.byteOffset
    const to = join(from, from + group.size, holdings)
    yield* write({ from, to }, group.first)
    holdings.release(from)
  }
}

/** Buckets [first, last) that hold up to `most` bytes together, or one bucket that holds more; none where all are empty. */
function* groupsOf(
  sizes: Uint32Array,
  most: number,
): Generator<{ readonly first: number; readonly last: number; readonly size: number }> {
  for (let first = 0, last = 0; first < bucketCount; first = last) {
    let size = sizes[last++] ?? 0
    for (; last < bucketCount && size + (sizes[last] ?? 0) <= most; last++) size += sizes[last] ?? 0
    if (size > 0) yield { first, last, size }
  }
}

/** How many records there are for each different line; the first buckets tell. */
export function repetition(copies: readonly CopiedBuckets[], holdings: Holdings): number {
  const samples = copies.map(({ sizes, records }) => records.subarray(0, sumOf(sizes.subarray(0, sampled))))
  const block = holdings.take(samples.reduce((sum, { length }) => sum + length, 0))
  const from = block.byteOffset
  let to = from
  for (const sample of samples) to += sample.copy(block, to - from)
  const count = kernel.countRecords(from, to)
  const different = kernel.countRecords(from, join(from, to, holdings))
  holdings.release(from)
  return count / different
}

/** So many buckets are enough to tell of the others. */
const sampled = 8

function join(from: number, to: number, holdings: Holdings): number {
  const count = 2 ** Math.ceil(Math.log2(2 * kernel.countRecords(from, to)))
  const slots = holdings.take(count * slotSize).fill(0)
  const end = kernel.joinRecords(from, to, slots.byteOffset, count - 1) >>> 0
  holdings.release(slots.byteOffset)
  return end
}

function* readAll(sources: readonly Buckets[], first: number, last: number, to: Buffer): Task<void> {
  let at = 0
  for (const { sizes, read } of sources) {
    const size = sumOf(sizes.subarray(first, last))
    if (size > 0) yield* read(first, last, to.subarray(at, at + size))
    at += size
  }
}

function sumOf(sizes: Uint32Array): number {
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** How many bytes each bucket of all sources together holds. */
function sumSizes(sources: readonly Buckets[]): Uint32Array {
  const sums = new Uint32Array(bucketCount)
  for (const { sizes } of sources)
    for (const [bucket, size] of sizes.entries()) sums[bucket] = (sums[bucket] ?? 0) + size
  return sums
}

const slotSize = 4
