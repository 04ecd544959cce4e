import { describe, expect, test } from 'vitest'
import { all, race, Signal, type Task } from '../../src/base/task.js'

/** Notes its name at every step; ends after `turns` wake-ups of `signal`. */
function* counting(name: string, signal: Signal, turns: number, notes: string[]): Task<string> {
  try {
    for (let turn = 0; turn < turns; turn++) {
      yield signal
      notes.push(`${name}${turn}`)
    }
    return name
  } finally {
    notes.push(`${name} ended`)
  }
}

/** Drives a task by hand: each call is a step, which tells the result once there is one. */
function drive<Result>(task: Task<Result>): { step(): Result | undefined } {
  let isReady = true
  return {
    step() {
      if (!isReady) return undefined
      const next = task.next()
      if (next.done === true) return next.value
      isReady = false
      next.value.subscribe(() => (isReady = true))
      return undefined
    },
  }
}

function scene() {
  return { left: new Signal(), right: new Signal(), notes: [] as string[] }
}

describe('tasks side by side', () => {
  test('all: each goes on when its own signal wakes, and the results keep their places', () => {
    const { left, right, notes } = scene()
    const { step } = drive(all([counting('a', left, 2, notes), counting('b', right, 1, notes)]))
    step()
    left.wake()
    step()
    right.wake()
    step()
    left.wake()
    expect(step()).toEqual(['a', 'b'])
    expect(notes).toEqual(['a0', 'b0', 'b ended', 'a1', 'a ended'])
  })

  test('all: none is nothing to wait for', () => {
    expect(drive(all([])).step()).toEqual([])
  })

  test('all: two woken at once are both stepped', () => {
    const { left, notes } = scene()
    const { step } = drive(all([counting('a', left, 1, notes), counting('b', left, 1, notes)]))
    step()
    left.wake()
    expect(step()).toEqual(['a', 'b'])
  })

  test('race: the first to end ends the other where it waits', () => {
    const { left, right, notes } = scene()
    const { step } = drive(race([counting('a', left, 1, notes), counting('b', right, 1, notes)]))
    step()
    right.wake()
    expect(step()).toBe('b')
    expect(notes).toEqual(['b0', 'b ended', 'a ended'])
  })

  test('all: what one throws ends the others', () => {
    const { left, notes } = scene()
    function* failing(): Task<string> {
      throw new Error('no')
    }
    const { step } = drive(all([counting('a', left, 1, notes), failing()]))
    expect(step).toThrow('no')
    expect(notes).toEqual(['a ended'])
  })

  test('all: ended from outside, it ends what it runs', () => {
    const { left, notes } = scene()
    const task = all([counting('a', left, 1, notes)])
    task.next()
    task.return([])
    expect(notes).toEqual(['a ended'])
  })
})
