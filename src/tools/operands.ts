import { SystemError } from '../base/error.js'
import type { Input } from '../base/io.js'
import { streamDescriptor } from '../base/path.js'
import { quoteFile } from '../base/quote.js'
import type { Task } from '../base/task.js'
import type { StageIo } from '../base/tool.js'

/**
 * Gives each operand's input to `use`, standard input when there are none. A file that cannot be opened or read
 * is reported as `NAME: FILE: REASON` and passed over; the result says whether all went well.
 */
export function* eachInput(
  io: StageIo,
  operands: readonly string[],
  use: (input: Input, index: number) => Task<void>,
): Task<boolean> {
  let fine = true
  for (const [index, operand] of (operands.length === 0 ? ['-'] : operands).entries()) {
    try {
      const input = io.open(operand)
      yield* use(input, index)
      if (operand !== '-') input.close()
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      io.warn(`${quoteFile(operand)}: ${error.reason}`)
      fine = false
    }
  }
  return fine
}

/** Whether operands name more than standard input, so that nothing is known of what is read. */
export function readsFiles(operands: readonly string[]): boolean {
  return operands.some((operand) => streamDescriptor(operand) !== 0)
}
