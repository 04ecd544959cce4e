import { batchSize } from './io.js'
import type { Task } from './task.js'

/** What is going to run, by what it may hold. */
export interface Demand {
  /** Stages that hold their input, or all different lines of it. */
  readonly stages: number
  /** How many of them may read while others are held up at the end of their input. */
  readonly branches: number
  /** How many other threads there will be. */
  readonly threads: number
  /** How much of the branches' work those do. */
  readonly elsewhere: number
}

/**
 * The memory for what stages hold before they spill: one account that all of a thread's stages draw from. A stage takes
 * what the others leave; where nothing is left, those that have more than their part spill. Other threads get a fixed
 * part of it: their memories never shrink, so that what one gives back would be of no use to the others.
 */
export class Budget {
  #stages = 0
  #branches = 0
  #threads = 0
  #elsewhere = 0
  #held = 0
  #freeing = 0

  constructor(private readonly total: number) {}

  /** Notes what is going to run, before it does; to be called with the opposite sign when it has ended. */
  expect({ stages, branches, threads, elsewhere }: Demand, sign: 1 | -1): void {
    this.#stages += sign * stages
    this.#branches += sign * branches
    this.#threads += sign * threads
    this.#elsewhere += sign * elsewhere
  }

  /** Bytes for each of so many threads that work on the same stage. */
  ofThread(threads: number): number {
    return Math.floor(this.#usable / Math.max(this.#branches, 1) / threads)
  }

  /** Bytes for all stages of this thread. */
  get limit(): number {
    return Math.floor(this.#usable * (1 - this.#elsewhere / Math.max(this.#branches, 1)))
  }

  /** Bytes that each stage may hold whatever the others do. */
  get part(): number {
    return Math.floor(this.limit / Math.max(this.#stages, 1))
  }

  get hasOtherStages(): boolean {
    return this.#stages > 1
  }

  get hasOtherBranches(): boolean {
    return this.#branches > 1
  }

  /** Notes that more bytes are held, or less. Returns whether these are more than there are. */
  take(bytes: number): boolean {
    this.#held += bytes
    return this.#held > this.limit
  }

  /** Whether more is held than there is: then whoever reads lets the others take their turn, so that they notice. */
  get isExceeded(): boolean {
    return this.#held > this.limit
  }

  /** Whether a stage is about to give back what it holds: then nobody need read on before it has. */
  get isBeingFreed(): boolean {
    return this.#freeing > 0
  }

  /** Does what a stage does to give memory back, which waits for nobody. */
  *free<Result>(work: Task<Result>): Task<Result> {
    this.#freeing++
    try {
      return yield* work
    } finally {
      this.#freeing--
    }
  }

  get #usable(): number {
    return Math.max(this.total - this.#threads * threadSize, this.total / 2)
  }
}

/** Bytes that a thread takes for itself. */
const threadSize = 24 * 1024 * 1024

/** What one stage draws from a budget. */
export class Allowance {
  #held = 0

  constructor(private readonly budget: Budget) {}

  /** Bytes that all stages together may hold. */
  get limit(): number {
    return this.budget.limit
  }

  /** Bytes that the stage may hold whatever the others do. */
  get part(): number {
    return this.budget.part
  }

  /** Notes how much the stage holds. Returns whether it has to spill. */
  hold(bytes: number): boolean {
    const isExhausted = this.budget.take(bytes - this.#held)
    this.#held = bytes
    return isExhausted && bytes > this.part
  }

  /** See `Budget.free`. */
  free<Result>(work: Task<Result>): Task<Result> {
    return this.budget.free(work)
  }

  /**
   * What the stage may hold while it waits for its reader: all, if it gives back as it writes and nobody else reads; else
   * its part, but for what it reads and writes through.
   */
  mostWaiting(givesBack: boolean): number {
    const { hasOtherBranches, hasOtherStages } = this.budget
    const buffers = Math.min(this.part / 4, 4 * batchSize)
    return (givesBack ? hasOtherBranches : hasOtherStages) ? this.part - buffers : Infinity
  }
}
