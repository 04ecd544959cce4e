import { WriteError } from '../base/error.js'
import { Closed, type Output } from '../base/io.js'
import type { Task } from '../base/task.js'
import { kindOf } from './descriptor.js'
import { DirectOutput } from './direct.js'
import { borrowSink, type OutputEnd } from './ends.js'
import { Writer } from '../kernel/writer.js'

/** Writes a message of the runtime's own on a standard error. */
export function* tell(stderr: OutputEnd, text: string): Task<void> {
  const output = messageOutput(stderr)
  output.text(text)
  yield* flushMessages(output)
}

/** A standard error as an output: what is added goes out at once where that cannot block the other stages. */
export function messageOutput(end: OutputEnd): Output {
  const { descriptor } = end
  const isDirect = descriptor === 2 || (descriptor !== undefined && kindOf(descriptor) !== 'stream')
  return isDirect ? new DirectOutput(descriptor) : new Writer('standard error', borrowSink(end))
}

/** Sends on what was added. A failure to write an error has nowhere to be said. */
export function* flushMessages(output: Output): Task<void> {
  try {
    if (output.pending > 0) yield* output.flush()
  } catch (error) {
    if (!(error instanceof Closed) && !(error instanceof WriteError)) throw error
  }
}
