import { allocate, wordsAt } from '../../../kernel/index.js'

/** What stands between lines, one after another and again: a byte, or nothing. */
export type Delimiters = readonly (number | undefined)[]

/**
 * The plan of the kernels `pasteRows` and `pasteSerial`, in kernel memory that the caller releases; `columns` are the
 * numbers of the sources that the columns read. See src/kernel/assembly/paste.ts.
 */
export function pastePlan(lineEnd: number, delimiters: Delimiters, columns: readonly number[]): Uint32Array {
  const sourceCount = new Set(columns).size
  const columnsAt = sourcesAt + sourceCount * sourceWords
  const delimitersAt = columnsAt + columns.length
  const count = delimitersAt + delimiters.length
  const address = allocate(count * 4)
  const plan = wordsAt(address, count).fill(0)
  plan.set([lineEnd, address + delimitersAt * 4, delimiters.length, address + columnsAt * 4, columns.length])
  for (let number = 0; number < sourceCount; number++) sourceOf(plan, number).set([0, 0, 0, number])
  plan.set(
    columns.map((number) => sourceOf(plan, number).byteOffset),
    columnsAt,
  )
  plan.set(
    delimiters.map((delimiter) => delimiter ?? nothing),
    delimitersAt,
  )
  return plan
}

const sourcesAt = 8
const sourceWords = 4
const nothing = 256

/** What the plan knows of a source: where its next byte is, where they end, and whether they are the last. */
export function sourceOf(plan: Uint32Array, number: number): Uint32Array {
  const start = sourcesAt + number * sourceWords
  return plan.subarray(start, start + sourceWords)
}

/** The address where the last call's output ends. */
export function written(plan: Uint32Array): number {
  return plan[7] ?? 0
}

/** What `pasteRows` returns beside the number of the source that it wants more of. */
export const event = { isFull: 0xfffffffe, isDone: 0xffffffff }
