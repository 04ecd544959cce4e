import type { Task } from '../../../base/task.js'
import type { Grouping, Operator, StageIo } from '../../../base/tool.js'
import { lines } from '../../../base/type.js'
import { GrowingBytes, kernel, wholeLines } from '../../../kernel/index.js'
import { Holdings } from '../../holdings.js'
import { type CountedLines, style, styledSink, tailedSource, writeCounted } from './counted.js'
import { DistinctLines } from './distinct.js'
import { checkReadable, openInput } from './inputs.js'
import { Runs } from './runs.js'
import type { Settings } from './settings.js'
import { status } from './status.js'
import { setUp, type Workshop } from './workshop.js'

/**
 * `sort | uniq`: counts each different line in a hash table and sorts what is in it. Where the order makes no difference
 * the lines come as they came first.
 */
export function groupedOperator(settings: Settings, grouping: Grouping, isSorted = true): Operator {
  return {
    name: 'sort',
    action: `count equal lines in a hash table${isSorted ? ', sort the different ones' : ''}`,
    status,
    types: { input: lines, output: lines },
    traits: {
      memory: 'keys',
      ignoresOrder: true,
      pure: true,
      ...(isSorted ? { unordered: () => groupedOperator(settings, grouping, false) } : {}),
    },
    *run(io) {
      const holdings = new Holdings()
      const buffers = { read: new GrowingBytes(), written: new GrowingBytes() }
      try {
        const shop: Workshop = { ...setUp(settings, io, holdings), equals: 'sum' }
        yield* writeGroups(settings.files, { how: styleOf(grouping), isSorted, buffers }, io, shop)
        return 0
      } finally {
        buffers.read.free()
        buffers.written.free()
        holdings.free()
      }
    },
  }
}

const shown = { all: style.once | style.again, once: style.once, again: style.again, none: 0 }

function styleOf({ shows, counts }: Grouping): number {
  return shown[shows] | (counts ? style.counted : 0)
}

interface Groups {
  readonly how: number
  readonly isSorted: boolean
  readonly buffers: { readonly read: GrowingBytes; readonly written: GrowingBytes }
}

function* writeGroups(
  files: readonly string[],
  { how, isSorted, buffers }: Groups,
  io: StageIo,
  shop: Workshop,
): Task<void> {
  checkReadable(io, files)
  const { delimiter, budget } = shop
  const runs = new Runs(shop)
  let held = new Holdings()
  let distinct = new DistinctLines(held, delimiter)
  try {
    for (const file of files) {
      const input = openInput(io, file)
      const source = wholeLines(input, delimiter)
      for (let batch = yield* source.read(); batch !== undefined; batch = yield* source.read()) {
        distinct.add(batch)
        if (distinct.size > budget) yield* store()
      }
      input.close()
    }
    if (runs.isEmpty) yield* writeCounted(list(isSorted), how, io.stdout)
    else {
      const sink = styledSink(io.stdout, delimiter, how, buffers.written)
      yield* runs.mergeInto(sink, [tailedSource(list(true), buffers.read)])
    }
  } finally {
    held.free()
  }

  function list(isInOrder: boolean): CountedLines {
    const { entries, end } = distinct.list()
    if (isInOrder) kernel.sortTable(shop.order, entries, end)
    return { kind: 'entries', from: entries, to: end, delimiter }
  }

  /** Makes a run of what is counted so far. */
  function* store(): Task<void> {
    yield* runs.add([tailedSource(list(true), buffers.read)])
    held.free()
    held = new Holdings()
    distinct = new DistinctLines(held, delimiter)
  }
}
