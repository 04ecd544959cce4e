/**
 * Cooperative tasks: every stage is a generator that yields what it waits for.
 *
 * The same code so runs to its end in one blocking loop when a pipeline has the process for itself, and
 * in slices where others wait; it does not know which.
 */
export type Task<Result> = Generator<Signal, Result, void>

/** Something a task can wait for. A wake-up is a hint: a task checks its condition again and may wait once more. */
export class Signal {
  #waiting: (() => void)[] = []

  /** Calls `resume` at the next wake-up, once. */
  subscribe(resume: () => void): void {
    this.#waiting.push(resume)
  }

  wake(): void {
    if (this.#waiting.length === 0) return
    const waiting = this.#waiting
    this.#waiting = []
    for (const resume of waiting) resume()
  }
}

/** Waits until `promise` is settled, then returns its value or throws its reason. */
export function* until<Value>(promise: PromiseLike<Value>): Task<Value> {
  const settled = new Signal()
  let outcome: { value: Value } | { reason: unknown } | undefined
  promise.then(
    (value) => {
      outcome = { value }
      settled.wake()
    },
    (reason: unknown) => {
      outcome = { reason }
      settled.wake()
    },
  )
  while (outcome === undefined) yield settled
  if ('reason' in outcome) throw outcome.reason
  return outcome.value
}
