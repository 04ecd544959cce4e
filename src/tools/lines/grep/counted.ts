import type { Operator, StageIo, ToolStatus } from '../../../base/tool.js'
import type { Task } from '../../../base/task.js'
import { lines } from '../../../base/type.js'
import { writeSum } from './division.js'
import { runGrep } from './run.js'
import type { Settings } from './settings.js'
import { createCounter } from './writer.js'

/** Writes how many lines `grep` would write, and writes none of them. */
export function counted(settings: Settings, status: ToolStatus): Operator {
  const action = 'count the lines that match'
  const types = { input: lines, output: lines }
  const operator = {
    name: 'grep',
    action,
    status,
    types,
    run: (io: StageIo) => writeCount(settings, io, status),
  }
  const part = { ...operator, traits: { memory: 'stream', pure: true } as const }
  return {
    ...operator,
    traits: {
      ...part.traits,
      divided: () => ({
        part,
        *combine(parts, io) {
          yield* writeSum(parts, io)
          return 0
        },
      }),
    },
  }
}

/** That none is found is an answer as good as another. */
function* writeCount(settings: Settings, io: StageIo, { trouble }: ToolStatus): Task<number> {
  let sum = 0
  const code = yield* runGrep(settings, io, (_, regex) => {
    const counter = createCounter(regex, settings.search.invert)
    return {
      ...counter,
      take(batch, limit) {
        const result = counter.take(batch, limit)
        sum += result.count
        return result
      },
    }
  })
  io.stdout.text(`${sum}\n`)
  yield* io.stdout.flush()
  return code === trouble ? code : 0
}
