import { openSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Allowance, Budget } from '../../src/base/budget.js'
import { Signal, type Task } from '../../src/base/task.js'
import { releaseBlock } from '../../src/kernel/block.js'
import { readDescriptor } from '../../src/run/descriptor.js'
import { Scheduler } from '../../src/run/schedule.js'
import { withFiles } from '../support/engines.js'

test.each([
  ['the stages hold more than there is and one is giving back', 101, true],
  ['the stages hold more than there is and none gives back', 101, false],
  ['the stages hold what there is', 100, true],
])('whether a file is read on when %s', async (_title, bytes, isFreeing) => {
  await withFiles({ file: 'text' }, async (cwd) => {
    const scheduler = new Scheduler(false)
    const budget = new Budget(100)
    const memory = new Allowance(budget)
    const source = readDescriptor(openSync(join(cwd, 'file'), 'r'), { scheduler, readSize: 10, budget }, true)
    memory.hold(bytes)
    const written = new Signal()
    const freeing = isFreeing ? scheduler.spawn(memory.free(untilWoken(written))) : undefined
    const reading = scheduler.spawn(source.receive())
    for (let turns = 0; turns < 10; turns++) await setImmediate()
    expect(reading.finished).toBe(!(isFreeing && bytes > 100))
    written.wake()
    if (freeing !== undefined) await scheduler.finish(freeing)
    const batch = await scheduler.finish(reading)
    expect(batch && batch.end - batch.start).toBe(4)
    if (batch !== undefined) releaseBlock(batch.block)
    source.close()
  })
})

function* untilWoken(signal: Signal): Task<void> {
  yield signal
}
