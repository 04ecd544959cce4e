import { Closed } from '../base/io.js'
import type { Task } from '../base/task.js'
import type { BatchSink, BatchSource } from '../kernel/channel.js'

/** Moves batches from a source to a sink until either ends, then closes both. */
export function* pump(source: BatchSource, sink: BatchSink): Task<void> {
  try {
    for (let batch = yield* source.receive(); batch !== undefined; batch = yield* source.receive())
      yield* sink.deliver(batch)
  } catch (error) {
    if (!(error instanceof Closed)) throw error
  } finally {
    source.close()
    sink.close()
  }
}
