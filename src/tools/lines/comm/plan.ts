import { allocate, bytesAt, wordsAt } from '../../../kernel/index.js'

/** What is written of two sorted files. */
export interface Merging {
  readonly lineEnd: number
  /** Whether the lines of the first file alone, of the second alone, and of both are written. */
  readonly columns: readonly [boolean, boolean, boolean]
  readonly separator: Buffer
  readonly check: 'never' | 'always' | 'unpaired'
}

/** The plan of the kernel `writeColumns`, in kernel memory that the caller releases. */
export function mergingPlan({ lineEnd, columns, separator, check }: Merging): Uint32Array {
  const address = allocate(size + separator.length)
  bytesAt(address + size, separator.length).set(separator)
  const shown = columns.reduce((bits, isShown, column) => bits | (Number(isShown) << column), 0)
  const plan = wordsAt(address, size / 4).fill(0)
  plan.set([lineEnd, shown, address + size, separator.length, ['never', 'always', 'unpaired'].indexOf(check)])
  return plan
}

// See src/kernel/assembly/columns.ts.

const size = 104
const sideWords = 6

/** How many addresses a side begins with. */
export const sideAddresses = 2

/** What the plan knows of a side, 0 or 1. */
export function sideOf(plan: Uint32Array, number: number): Uint32Array {
  return plan.subarray(14 + number * sideWords, 14 + (number + 1) * sideWords)
}

/** The address where the last call's output ends. */
export function written(plan: Uint32Array): number {
  return plan[7] ?? 0
}

/** How many lines each column has so far. */
export function counts(plan: Uint32Array): readonly bigint[] {
  return [0, 1, 2].map((column) => {
    const [low = 0, high = 0] = plan.subarray(8 + column * 2)
    return (BigInt(high) << 32n) | BigInt(low)
  })
}

/** The most that the next line takes, when the kernel says that it has no room. */
export function roomNeeded(plan: Uint32Array): number {
  const [one = 0, afterOne = 0] = sideOf(plan, 0)
  const [other = 0, afterOther = 0] = sideOf(plan, 1)
  return Math.max(afterOne - one, afterOther - other) + 2 * (plan[3] ?? 0)
}

/** Why `writeColumns` stopped. The first two say which side, by adding its number. */
export const event = { wantsLines: 0, foundDisorder: 2, isFull: 4, isDone: 5 }
