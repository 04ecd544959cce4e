import type { Division, ToolStatus } from '../../../base/tool.js'
import { lines } from '../../../base/type.js'
import { partNumbers } from '../../part-numbers.js'
import { runGrep } from './run.js'
import type { Settings } from './settings.js'

/** The count of one input's lines is the sum of its parts'. */
export function divided(settings: Settings, status: ToolStatus): Division | undefined {
  const { style, selection, maxCount, terminator } = settings
  const hasName = selection.operands.length > 1 || selection.showNames === true
  if (style.report !== 'count' || hasName || maxCount !== Infinity || terminator !== newline) return undefined
  return {
    part: {
      name: 'grep',
      action: 'count the lines of a part that match',
      status,
      types: { input: lines, output: lines },
      traits: { memory: 'stream', pure: true },
      run: (io) => runGrep(settings, io),
    },
    *combine(parts, io) {
      const sum = (yield* partNumbers(parts)).reduce((total, number) => total + number)
      io.stdout.text(`${sum}\n`)
      yield* io.stdout.flush()
      return sum > 0 ? 0 : 1
    },
  }
}

const newline = 0x0a
