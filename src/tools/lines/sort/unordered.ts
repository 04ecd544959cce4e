import type { Operator } from '../../../base/tool.js'
import { lines } from '../../../base/type.js'
import { distinctOperator } from './grouped.js'
import { checkReadable, openInput } from './inputs.js'
import type { Settings } from './settings.js'
import { status } from './status.js'

/** `sort` for a stage to which the order makes no difference: every line is ended, and with -u comes once. */
export function unorderedOperator(settings: Settings): Operator {
  const { files, ordering } = settings
  const { delimiter } = ordering
  if (ordering.unique) return distinctOperator(settings, false)
  return {
    name: 'sort',
    action: 'pass the lines on as they come',
    status,
    types: { input: lines, output: lines },
    traits: { memory: 'stream', oneToOne: true, keepsOrder: true, pure: true },
    *run(io) {
      checkReadable(io, files)
      for (const file of files) {
        const input = openInput(io, file)
        let last = delimiter
        for (let batch = yield* input.read(); batch !== undefined; batch = yield* input.read()) {
          last = batch[batch.length - 1] ?? delimiter
          yield* input.pass(io.stdout)
        }
        if (last !== delimiter) io.stdout.byte(delimiter)
        yield* io.stdout.flush()
        input.close()
      }
      return 0
    },
  }
}
