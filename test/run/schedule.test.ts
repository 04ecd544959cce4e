import { describe, expect, test } from 'vitest'
import { Signal, type Task } from '../../src/base/task.js'
import { Cancelled, Scheduler } from '../../src/run/schedule.js'

describe('a task that is cancelled', () => {
  test('runs its clean-up, and wakes who waits for it', async () => {
    const scheduler = new Scheduler(false)
    const steps: string[] = []
    const work = scheduler.spawn(waiting(() => steps.push('cleaned up')))
    const other = scheduler.spawn(
      (function* (): Task<string> {
        while (!work.finished) yield work.ended
        return 'went on'
      })(),
    )
    await turn()
    work.cancel()
    expect(await scheduler.finish(other)).toBe('went on')
    expect(steps).toEqual(['cleaned up'])
    expect(() => work.result()).toThrow(Cancelled)
  })

  test('by itself, in the middle of a step, ends with that step', async () => {
    const scheduler = new Scheduler(false)
    const steps: string[] = []
    let cancel = (): void => undefined
    const work = scheduler.spawn(
      (function* (): Task<void> {
        try {
          cancel()
          steps.push('step')
          yield new Signal()
          steps.push('never')
        } finally {
          steps.push('cleaned up')
        }
      })(),
    )
    cancel = () => work.cancel()
    await expect(scheduler.finish(work)).rejects.toThrow(Cancelled)
    expect(steps).toEqual(['step', 'cleaned up'])
  })

  test('whose clean-up fails keeps no other from being cancelled', async () => {
    const scheduler = new Scheduler(false)
    const steps: string[] = []
    const works = [
      scheduler.spawn(
        waiting(() => {
          throw new Error('in the clean-up')
        }),
      ),
      scheduler.spawn(waiting(() => steps.push('cleaned up'))),
    ]
    await turn()
    for (const work of works) work.cancel()
    expect(steps).toEqual(['cleaned up'])
  })
})

test('tasks that all wait for each other are found out where the thread may block', () => {
  const scheduler = new Scheduler(true)
  expect(() => scheduler.runToEnd(scheduler.spawn(waiting(() => undefined)))).toThrow(
    'every stage waits for another',
  )
})

function* waiting(cleanUp: () => void): Task<void> {
  try {
    yield new Signal()
  } finally {
    cleanUp()
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
