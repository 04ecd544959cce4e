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

/** Writes `count` numbers of the range in a random order. Throws `ToolError` when they do not fit into memory. */
export function* writeShuffled(
  range: Range,
  count: number,
  delimiter: number,
  output: () => Output,
  { chance, holdings }: { readonly chance: Chance; readonly holdings: Holdings },
): Task<void> {
  const size = range.high - range.low + 1n
  if (size <= mostInTable && size <= BigInt(count) * 16n) {
    const table = yield* shuffledTable(range, count, Number(size), chance, holdings)
    return yield* writeTable(output(), table, count, delimiter, chance)
  }
  if (count > mostMoved) throw new ToolError('memory exhausted')
  const numbers = yield* shuffleFew(range, count, size, chance)
  yield* writeNumbers(output(), numbers, delimiter)
}

const mostInTable = 2n ** 28n
const mostMoved = 2 ** 23

/** A table of the whole range whose first `count` numbers are chosen; returns its address. */
function* shuffledTable(
  { low }: Range,
  count: number,
  size: number,
  chance: Chance,
  holdings: Holdings,
): Task<number> {
  const table = holdings.take(size * 8).byteOffset
  kernel.listNumbers(low, size, table)
  yield* chance.runTo(count, (at) => kernel.shuffleEntries(chance.address, table, at, count, size))
  return table
}

function* writeTable(
  output: Output,
  table: number,
  count: number,
  delimiter: number,
  chance: Chance,
): Task<void> {
  for (let at = 0; at < count;) {
    const out = output.reserve(batchSize)
    at = kernel.gatherNumbers(chance.address, table, at, count, delimiter, out, out + batchSize) >>> 0
    output.advance(chance.written - out)
    yield* output.flush()
  }
}

/** As from a table of all numbers, of which only those are kept that were moved. */
function* shuffleFew({ low }: Range, count: number, size: bigint, chance: Chance): Task<bigint[]> {
  const numbers: bigint[] = []
  const moved = new Map<bigint, bigint>()
  for (let index = 0n; index < count; index++) {
    const chosen = index + chance.choose(size - index - 1n)
    numbers.push(low + (moved.get(chosen) ?? chosen))
    moved.set(chosen, moved.get(index) ?? index)
    moved.delete(index)
    if (index % breathAt === 0n) yield* chance.breathe()
  }
  return numbers
}

/** So many numbers are chosen before others get their turn. */
const breathAt = 1024n

export function* writeNumbers(output: Output, numbers: Iterable<bigint>, delimiter: number): Task<void> {
  for (const number of numbers) {
    output.text(String(number))
    output.byte(delimiter)
    if (output.pending >= batchSize) yield* output.flush()
  }
  yield* output.flush()
}
