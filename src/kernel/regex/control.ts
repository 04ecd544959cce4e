import { allocate, exported, wordsAt } from '../memory.js'

/** The loops of assembly/regex-*.ts; those that take the control block return a `Result`. */
interface Loops {
  regexCandidate(prefilter: number, at: number, to: number): number
  regexForward(control: number): number
  regexBackward(control: number): number
  regexWalk(control: number): number
  regexSelect(control: number): number
}

// The boundary to WebAssembly: the build makes both sides.
export const loops = exported as unknown as Loops

const words = 32

/** The control block that the loops work on; one is enough, as no loop runs within another. */
export const controlAddress = allocate(words * 4)
export const control = wordsAt(controlAddress, words)

/** What a loop returns: done, a transition is missing, or there is no room for another span. */
export const Result = { done: 0, missing: 1, full: 2 } as const

/** Words of the control block, as assembly/regex-control.ts numbers them. */
export const Field = {
  columns: 0,
  edge: 1,
  at: 2,
  stop: 3,
  state: 4,
  found: 5,
  trace: 6,
  start: 7,
  terminator: 8,
  mode: 9,
  line: 10,
  out: 11,
  outEnd: 12,
  count: 13,
  limit: 14,
  running: 15,
  batch: 16,
  prefilter: 17,
  verified: 18,
  walks: 19,
  contexts: 20,
  arrivals: 21,
  starts: 22,
} as const

/** Value of `found` when there was no match. */
export const notFound = 0xffffffff

export function word(field: number): number {
  return control[field] ?? 0
}
