import { SystemError } from '../../../base/error.js'
import { quoteFile } from '../../../base/quote.js'
import { type Division, Indivisible, type ToolStatus } from '../../../base/tool.js'
import { bytes, lines } from '../../../base/type.js'
import { partNumbers } from '../../part-numbers.js'
import { type Count, count, noCounts } from './count.js'
import type { Files } from './report.js'

/** One count of one input is the sum of its parts', or the greatest of them. Several would stand in columns. */
export function divided(
  files: Files,
  [wanted, ...others]: readonly Count[],
  status: ToolStatus,
): Division | undefined {
  if ('list' in files || files.operands.length > 1 || wanted === undefined || others.length > 0)
    return undefined
  // The system knows a file's size.
  if (wanted === 'bytes' || wanted === 'chars') return undefined
  const [operand] = files.operands
  return {
    part: {
      name: 'wc',
      action: `count the ${wanted} of a part`,
      status,
      types: { input: bytes, output: lines },
      traits: { memory: 'stream', pure: true },
      *run(io) {
        const counts = noCounts()
        try {
          yield* count(io.open(operand ?? '-'), [wanted], counts)
        } catch (error) {
          throw error instanceof SystemError ? new Indivisible() : error
        }
        io.stdout.text(String(counts[wanted]))
        yield* io.stdout.flush()
        return 0
      },
    },
    *combine(parts, io) {
      const numbers = yield* partNumbers(parts)
      const result = wanted === 'width' ? Math.max(...numbers) : numbers.reduce((sum, number) => sum + number)
      const name = operand?.includes('\n') === true ? quoteFile(operand) : operand
      io.stdout.text(name === undefined ? `${result}\n` : `${result} ${name}\n`)
      yield* io.stdout.flush()
      return 0
    },
  }
}
