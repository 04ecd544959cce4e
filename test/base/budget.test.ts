import { describe, expect, test } from 'vitest'
import { Allowance, Budget } from '../../src/base/budget.js'

const megabyte = 1024 * 1024

/** A budget of 200 MB for what was announced. */
function budgetFor(stages: number, branches: number, threads = 0, elsewhere = 0): Budget {
  const budget = new Budget(200 * megabyte)
  budget.expect({ stages, branches, threads, elsewhere }, 1)
  return budget
}

describe('what a stage may hold', () => {
  test('one stage holds all', () => {
    const memory = new Allowance(budgetFor(1, 1))
    expect([memory.hold(200 * megabyte), memory.hold(200 * megabyte + 1)]).toEqual([false, true])
    expect([memory.mostWaiting(true), memory.mostWaiting(false)]).toEqual([Infinity, Infinity])
  })

  test('a stage takes what the others leave', () => {
    const budget = budgetFor(2, 1)
    const [first, second] = [new Allowance(budget), new Allowance(budget)]
    expect([first.hold(150 * megabyte), second.hold(50 * megabyte)]).toEqual([false, false])
  })

  test('where nothing is left, the one that has more than its part spills', () => {
    const budget = budgetFor(2, 1)
    const [first, second] = [new Allowance(budget), new Allowance(budget)]
    expect([first.hold(150 * megabyte), second.hold(60 * megabyte)]).toEqual([false, false])
    expect([first.hold(151 * megabyte), second.hold(101 * megabyte)]).toEqual([true, true])
  })

  test('what is given back is there for the others', () => {
    const budget = budgetFor(2, 1)
    const [first, second] = [new Allowance(budget), new Allowance(budget)]
    first.hold(150 * megabyte)
    first.hold(0)
    expect(second.hold(150 * megabyte)).toBe(false)
  })

  test('what has ended leaves its part', () => {
    const budget = budgetFor(1, 1)
    const inner = { stages: 3, branches: 3, threads: 0, elsewhere: 0 }
    budget.expect(inner, 1)
    expect(budget.part).toBe(50 * megabyte)
    budget.expect(inner, -1)
    expect(budget.part).toBe(200 * megabyte)
  })
})

/** Its part, but for what it reads and writes through. */
const waitingPart = 99.5 * megabyte

test.each([
  ['behind each other', 2, 1, Infinity, waitingPart],
  ['beside each other', 2, 2, waitingPart, waitingPart],
])('waiting for its reader, of stages %s', (_title, stages, branches, ifGivenBack, ifKept) => {
  const memory = new Allowance(budgetFor(stages, branches))
  expect([memory.mostWaiting(true), memory.mostWaiting(false)]).toEqual([ifGivenBack, ifKept])
})

describe('other threads', () => {
  test('get a part that is not counted here', () => {
    const budget = budgetFor(1, 1, 1, 1 / 2)
    expect([budget.ofThread(2), budget.limit]).toEqual([88 * megabyte, 88 * megabyte])
  })

  test('of two branches get a half of that each', () => {
    const budget = budgetFor(2, 2, 2, 1)
    expect([budget.ofThread(2), budget.limit, budget.part].map((bytes) => bytes / megabyte)).toEqual([
      38, 76, 38,
    ])
  })

  test('however many leave half of the memory to stages', () => {
    const budget = budgetFor(1, 1, 15, 15 / 16)
    expect(budget.ofThread(16)).toBe((100 * megabyte) / 16)
  })
})
