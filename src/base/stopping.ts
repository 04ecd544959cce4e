import { Signal } from './task.js'

/**
 * The wish that a run ends: a signal, or a caller that wants no more. A stage that heeds it ends by itself, as at the
 * end of its input, and the stages behind it so see the end of theirs; what is left after the grace is cut off.
 */
export class Stopping {
  readonly signal = new Signal()
  #isRequested = false
  readonly #graces = new Set<{ readonly milliseconds: number }>()

  get isRequested(): boolean {
    return this.#isRequested
  }

  /** Says that a stage will heed the wish, and how long the run may take to end then. The result takes that back. */
  heed(milliseconds: number): () => void {
    const grace = { milliseconds }
    this.#graces.add(grace)
    return () => void this.#graces.delete(grace)
  }

  /** Wakes the stages that heed it; returns the milliseconds to give them, 0 when there are none. */
  request(): number {
    this.#isRequested = true
    this.signal.wake()
    return Math.max(0, ...[...this.#graces].map(({ milliseconds }) => milliseconds))
  }
}
