import type { Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { GrowingBytes } from '../../../kernel/index.js'
import { Holdings } from '../../holdings.js'
import { isTotal } from './ordering.js'
import type { Settings } from './settings.js'
import { setUp, type Workshop } from './workshop.js'

/** Whether it makes no difference which lines are in which part. A budget that was given is for one thread. */
export function isDivisible({ files, ordering, bufferSize }: Settings): boolean {
  return files.length === 1 && bufferSize === undefined && isTotal(ordering) && ordering.delimiter === newline
}

const newline = 0x0a

/** Lays out what putting the parts together works with, and gives it back. */
export function* inWorkshop(
  settings: Settings,
  io: StageIo,
  work: (shop: Workshop, buffer: GrowingBytes) => Task<void>,
): Task<number> {
  const holdings = new Holdings()
  const buffer = new GrowingBytes()
  try {
    yield* work(setUp(settings, io, holdings), buffer)
    return 0
  } finally {
    buffer.free()
    holdings.free()
  }
}
