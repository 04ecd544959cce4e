import type { Input, Output } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import { copyToEnd, endOfFirst, extentOf, startOfLast } from '../../extent.js'
import { RecentBytes } from '../../recent.js'
import { byteUnit, recordUnit, type Unit } from '../../unit.js'
import type { TailSettings } from './settings.js'

/**
 * Prints an input's end as the settings say, and returns the offset that it came to in a regular file, undefined
 * for what cannot seek.
 */
export function* printEnd(
  input: Input,
  { unit: kind, count, fromStart, delimiter, presumePipe, follow }: TailSettings,
  output: Output,
): Task<number | undefined> {
  const unit = kind === 'bytes' ? byteUnit : recordUnit(delimiter)
  const isFollowed = follow !== undefined
  // Following needs the exact offset, which only reading by offsets gives.
  const extent = presumePipe && !isFollowed ? undefined : yield* extentOf(input, isFollowed ? -1 : undefined)
  if (extent !== undefined) {
    const find = fromStart ? endOfFirst : startOfLast
    const end = yield* copyToEnd(extent.file, find(extent, count, unit), output)
    if (input.name === '-') input.skip(end - extent.start)
    return end
  }
  yield* (fromStart ? printFrom : printLast)(input, count, unit, output)
  return undefined
}

function* printFrom(input: Input, count: number, unit: Unit, output: Output): Task<void> {
  let left = count
  for (let batch = yield* input.read(); batch !== undefined; batch = yield* input.read()) {
    const units = unit.count(batch)
    const start = left === 0 ? 0 : units < left ? batch.length : unit.skip(batch, left)
    left = Math.max(left - units, 0)
    if (start < batch.length) yield* input.pass(output, start)
  }
}

function* printLast(input: Input, count: number, unit: Unit, output: Output): Task<void> {
  const recent = new RecentBytes(unit)
  try {
    for (let batch = yield* input.read(); batch !== undefined; batch = yield* input.read()) {
      // One unit more than asked for: if the input ends in an unfinished one, that counts too.
      const enough = unit.skipBack(batch, count + 1)
      if (enough !== undefined) recent.free()
      recent.append(batch.subarray(enough ?? 0))
      recent.drop(recent.units - count - 1)
    }
    recent.drop(recent.units + recent.unfinished - count)
    for (const bytes of recent.takeAll()) {
      output.append(bytes)
      yield* output.flush()
    }
  } finally {
    recent.free()
  }
}
