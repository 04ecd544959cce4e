/**
 * Cooperative tasks: every stage is a generator that yields what it waits for.
 *
 * The same code so runs to its end in one blocking loop when a pipeline has the process for itself, and
 * in slices where others wait; it does not know which.
 */
export type Task<Result> = Generator<Signal, Result, void>

/** Something a task can wait for. A wake-up is a hint: a task checks its condition again and may wait once more. */
export class Signal {
  #waiting: (() => void)[] | undefined

  /** Calls `resume` at the next wake-up, once. */
  subscribe(resume: () => void): void {
    if (this.#waiting === undefined) this.#waiting = [resume]
    else this.#waiting.push(resume)
  }

  wake(): void {
    const waiting = this.#waiting
    if (waiting === undefined) return
    this.#waiting = undefined
    for (const resume of waiting) resume()
  }
}

/** A task under way beside others: its result or error, once `finished`. */
export interface Work<Result> {
  readonly finished: boolean
  readonly ended: Signal
  /** The task's result; throws what it threw. Only once finished. */
  result(): Result
  /** Ends the task where it waits; its `finally` blocks run. */
  cancel(): void
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

/** Runs tasks side by side, each result in its task's place. When one throws, the others are ended where they wait. */
export function all<Result>(tasks: readonly Task<Result>[]): Task<Result[]> {
  return sideBySide(tasks, tasks.length)
}

/** Runs tasks side by side until one ends; the others are ended where they wait. */
export function* race<Result>(tasks: readonly Task<Result>[]): Task<Result> {
  const results = yield* sideBySide(tasks, 1)
  for (const result of Object.values(results)) return result
  throw new RangeError('a race of no tasks')
}

/** Returns once `enough` of the tasks have ended; the places of the others are empty. */
function* sideBySide<Result>(tasks: readonly Task<Result>[], enough: number): Task<Result[]> {
  const results: Result[] = []
  const anyReady = new Signal()
  let ready = [...tasks.keys()]
  let ended = 0
  try {
    while (ended < enough) {
      const due = ready
      ready = []
      for (const index of due) {
        const step = tasks[index]?.next()
        if (step === undefined) continue
        if (step.done === true) {
          results[index] = step.value
          ended++
        } else {
          step.value.subscribe(() => {
            ready.push(index)
            anyReady.wake()
          })
        }
      }
      if (ended < enough && ready.length === 0) yield anyReady
    }
    return results
  } finally {
    // The argument stands for a result that nobody will see.
    for (const task of tasks) task.return(undefined as Result)
  }
}
