import { batchSize, type Output } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import { ToolError } from '../../../base/error.js'
import { kernel } from '../../../kernel/index.js'
import type { Holdings } from '../../holdings.js'
import type { Chance } from './chance.js'

/** The whole numbers from `low` to `high`. */
export interface Range {
  readonly low: bigint
  readonly high: bigint
}

/** `count` numbers of the range, each one chosen anew from all. */
export function* chosenNumbers({ low, high }: Range, count: number, chance: Chance): Generator<bigint> {
  for (let left = count; left > 0; left--) yield low + chance.choose(high - low)
}

/** `count` numbers of the range in a random order. Throws `ToolError` when they do not fit into memory. */
export function shuffledNumbers(
  range: Range,
  count: number,
  chance: Chance,
  holdings: Holdings,
): Iterable<bigint> {
  const size = range.high - range.low + 1n
  const isDense = size <= mostInTable && size <= BigInt(count) * 16n
  if (isDense) return shuffleTable(range, count, Number(size), chance, holdings)
  if (count > mostMoved) throw new ToolError('memory exhausted')
  return [...shuffleFew(range, count, size, chance)]
}

const mostInTable = 2n ** 28n
const mostMoved = 2 ** 23

function shuffleTable(
  { low }: Range,
  count: number,
  size: number,
  chance: Chance,
  holdings: Holdings,
): Iterable<bigint> {
  const table = holdings.take(size * 8)
  for (let index = 0; index < size; index++) table.writeBigUInt64LE(low + BigInt(index), index * 8)
  chance.runTo(count, (at) => kernel.shuffleEntries(chance.address, table.byteOffset, at, count, size))
  return entriesOf(table, count)
}

function* entriesOf(table: Buffer, count: number): Generator<bigint> {
  for (let index = 0; index < count; index++) yield table.readBigUInt64LE(index * 8)
}

/** As from a table of all numbers, of which only those are kept that were moved. */
function* shuffleFew({ low }: Range, count: number, size: bigint, chance: Chance): Generator<bigint> {
  const moved = new Map<bigint, bigint>()
  for (let index = 0n; index < count; index++) {
    const chosen = index + chance.choose(size - index - 1n)
    yield low + (moved.get(chosen) ?? chosen)
    moved.set(chosen, moved.get(index) ?? index)
    moved.delete(index)
  }
}

export function* writeNumbers(output: Output, numbers: Iterable<bigint>, delimiter: number): Task<void> {
  for (const number of numbers) {
    output.text(String(number))
    output.byte(delimiter)
    if (output.pending >= batchSize) yield* output.flush()
  }
  yield* output.flush()
}
