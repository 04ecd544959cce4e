import type { Input } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import type { Division, StageIo, ToolStatus } from '../../../base/tool.js'
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
      return (yield* writeSum(parts, io)) > 0 ? 0 : 1
    },
  }
}

/** Writes the sum of what the parts counted; returns it. */
export function* writeSum(parts: readonly Input[], { stdout }: StageIo): Task<number> {
  const sum = (yield* partNumbers(parts)).reduce((total, number) => total + number)
  stdout.text(`${sum}\n`)
  yield* stdout.flush()
  return sum
}

const newline = 0x0a
