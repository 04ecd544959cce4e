import type { Input } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import type { Division, StageIo } from '../../../base/tool.js'
import { lines } from '../../../base/type.js'
import { wholeLines } from '../../../kernel/index.js'
import { Holdings } from '../../holdings.js'
import { collectFiles, Collector } from './collect.js'
import { mergeSources, type Sink } from './merge.js'
import { isTotal } from './ordering.js'
import { openSink } from './output.js'
import { Runs } from './runs.js'
import type { Settings } from './settings.js'
import { status } from './status.js'
import { setUp, type Workshop } from './workshop.js'

/** Whether it makes no difference which lines are in which part. A budget that was given is for one thread. */
export function isDivisible({ files, ordering, bufferSize }: Settings): boolean {
  return files.length === 1 && bufferSize === undefined && isTotal(ordering) && ordering.delimiter === newline
}

const newline = 0x0a

/** Each part is sorted, and then they are merged. */
export function divided(settings: Settings): Division {
  const equals = settings.ordering.unique ? 'first' : 'all'
  return {
    part: {
      name: 'sort',
      action: 'sort a part',
      status,
      types: { input: lines, output: lines },
      traits: { memory: 'all', pure: true },
      run: (io) =>
        inWorkshop(settings, io, function* (shop) {
          const runs = new Runs(shop)
          const rest = yield* collectFiles(settings.files, io, new Collector(shop, runs))
          yield* runs.mergeInto(io.stdout, rest)
        }),
    },
    combine: (parts, io) =>
      inWorkshop(settings, io, (shop) => mergeParts(parts, { ...shop, equals }, openSink(io, undefined))),
  }
}

/** Merges what was sorted in parts. */
export function mergeParts(
  parts: readonly Input[],
  { order, delimiter, equals, holdings }: Workshop,
  sink: Sink,
): Task<void> {
  const sources = parts.map((part) => wholeLines(part, delimiter))
  return mergeSources(order, sources, equals, sink, holdings)
}

function* inWorkshop(settings: Settings, io: StageIo, work: (shop: Workshop) => Task<void>): Task<number> {
  const holdings = new Holdings()
  try {
    yield* work(setUp(settings, io, holdings))
    return 0
  } finally {
    holdings.free()
  }
}
