import { batchSize } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import type { Division, Operator, Slice, StageIo } from '../../../base/tool.js'
import { lines } from '../../../base/type.js'
import { kernel } from '../../../kernel/index.js'
import { Holdings } from '../../holdings.js'
import { collectFiles, collectInputs, Collector } from './collect.js'
import { isDivisible } from './division.js'
import { checkReadable } from './inputs.js'
import type { LineSource, Sink } from './merge.js'
import { Runs } from './runs.js'
import type { Settings } from './settings.js'
import { status } from './status.js'
import { setUp, type Workshop } from './workshop.js'

/** More lines than these are better sorted than picked. */
export const mostSliced = 100_000

/** `sort | head` and `sort | tail`: holds no more lines than will be written, and drops what comes behind them. */
export function slicedOperator(settings: Settings, slice: Slice): Operator {
  const { which, count } = slice
  const { files } = settings
  const operator: Operator = {
    name: 'sort',
    action: `top K: keep the ${which} ${count} lines while reading`,
    status,
    types: { input: lines, output: lines },
    traits: {
      memory: 'rows',
      ...(which === 'first' ? { atMost: count } : {}),
      pure: true,
      ...(isDivisible(settings) ? { divided: () => ({ part: operator, combine }) } : {}),
    },
    run(io) {
      checkReadable(io, files)
      return writeSlice(settings, slice, io, (collector) => collectFiles(files, io, collector))
    },
  }
  const combine: Division['combine'] = (parts, io) =>
    writeSlice(settings, slice, io, (collector) => collectInputs(parts, collector))
  return operator
}

function* writeSlice(
  settings: Settings,
  slice: Slice,
  io: StageIo,
  collect: (collector: Collector) => Task<readonly LineSource[]>,
): Task<number> {
  const { which, count } = slice
  const holdings = new Holdings()
  try {
    const shop = { ...setUp(settings, io, holdings), slice }
    const runs = new Runs(shop)
    const collector = new Collector(shop, runs)
    const rest = yield* collect(collector)
    const skipped = which === 'last' ? Math.max(collector.lines - count, 0) : 0
    yield* runs.mergeInto(sliceSink(io.stdout, shop, skipped, count), rest)
    return 0
  } finally {
    holdings.free()
  }
}

/** Drops the first lines, and those behind the lines that it takes. */
function sliceSink(sink: Sink, { delimiter, holdings }: Workshop, skipped: number, taken: number): Sink {
  let buffer = holdings.take(batchSize)
  let length = 0
  return {
    reserve(size) {
      if (length + size > buffer.length) buffer = holdings.enlarge(buffer, length, length + size)
      return buffer.byteOffset + length
    },
    advance(size) {
      length += size
    },
    *flush() {
      const end = buffer.byteOffset + length
      const [from, left] = skip(buffer.byteOffset, end, skipped)
      skipped = left
      const [to, more] = skip(from, end, taken)
      taken = more
      const out = sink.reserve(to - from)
      kernel.copyBytes(from, to, out)
      sink.advance(to - from)
      length = 0
      yield* sink.flush()
    },
  }

  /** Where so many lines end, and how many of them are still to come. */
  function skip(from: number, to: number, lines: number): readonly [at: number, left: number] {
    if (lines === 0) return [from, 0]
    const at = kernel.skipRecords(from, to, delimiter, lines) >>> 0
    return at !== 0 ? [at, 0] : [to, lines - kernel.countByte(from, to, delimiter)]
  }
}
