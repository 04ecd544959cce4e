import { Signal, type Task } from '../base/task.js'

/** A task under way: its result or error, once `finished`. */
export interface Work<Result> {
  readonly finished: boolean
  readonly ended: Signal
  /** The task's result; throws what it threw. Only once finished. */
  result(): Result
  /** Ends the task where it waits; its `finally` blocks run. */
  cancel(): void
}

/**
 * Runs the tasks of one thread in turn.
 *
 * Alone, `runToEnd` drives them in one blocking loop. Beside others, `start` drives them from the event
 * loop in slices of a few milliseconds, so that signals, sockets and other pipelines get their turn.
 */
export class Scheduler {
  #ready: (() => void)[] = []
  #idle: Signal[] = []
  #scheduled = false
  #sliceEnd = Infinity

  constructor(
    /** Whether tasks may block the thread where the whole process has nothing else to do. */
    readonly blocking: boolean,
  ) {}

  /** Starts a task; every step of it is run by `around`, where that is given. */
  spawn<Result>(task: Task<Result>, around?: (step: () => void) => void): Work<Result> {
    const ended = new Signal()
    let outcome: { value: Result } | { error: unknown } | undefined
    let isRunning = false
    let isCancelled = false
    const finish = (end: { value: Result } | { error: unknown }): void => {
      outcome = end
      ended.wake()
    }
    const step = (): void => {
      if (outcome !== undefined) return
      isRunning = true
      try {
        const next = task.next()
        if (next.done === true) finish({ value: next.value })
        else if (isCancelled) end()
        else next.value.subscribe(resume)
      } catch (error) {
        finish({ error })
      } finally {
        isRunning = false
      }
    }
    const end = (): void => {
      try {
        // The argument stands for a result that nobody will see.
        task.return(undefined as Result)
      } catch {
        // What a task meets while it cleans up is nobody's outcome.
      }
      finish({ error: new Cancelled() })
    }
    const run = around === undefined ? step : (): void => around(step)
    const resume = (): void => this.#enqueue(run)
    this.#enqueue(run)
    return {
      get finished() {
        return outcome !== undefined
      },
      ended,
      result() {
        if (outcome === undefined) throw new Error('the task is still running')
        if ('error' in outcome) throw outcome.error
        return outcome.value
      },
      cancel() {
        if (outcome !== undefined || isCancelled) return
        isCancelled = true
        // A task that is in the middle of a step ends with the step.
        if (!isRunning) end()
      },
    }
  }

  /** Drives all tasks in one loop until `work` is finished. Only for a blocking scheduler. */
  runToEnd<Result>(work: Work<Result>): Result {
    while (!work.finished) {
      this.runReady()
      const next = this.#idle.shift()
      if (next !== undefined) next.wake()
      else if (this.#ready.length === 0 && !work.finished) throw new Error('every stage waits for another')
    }
    return work.result()
  }

  /** Drives all tasks from the event loop; resolves when `work` is finished. */
  finish<Result>(work: Work<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        try {
          resolve(work.result())
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)))
        }
      }
      if (work.finished) settle()
      else work.ended.subscribe(settle)
    })
  }

  /** To be waited for before a read that may block: it comes when no task can do anything else. */
  *untilIdle(): Task<void> {
    const turn = new Signal()
    this.#idle.push(turn)
    yield turn
  }

  /** To be waited for between two reads that never block: lets the others run when the slice is over. */
  *breathe(): Task<void> {
    if (!this.#isSliceOver()) return
    const next = new Signal()
    setImmediate(() => next.wake())
    yield next
  }

  #enqueue(step: () => void): void {
    this.#ready.push(step)
    if (this.blocking || this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => this.#slice())
  }

  #slice(): void {
    this.#sliceEnd = performance.now() + sliceMilliseconds
    this.runReady()
    this.#scheduled = this.#ready.length > 0
    if (this.#scheduled) setImmediate(() => this.#slice())
  }

  /** Without slices the clock is not even asked: Node takes a millisecond to get it. */
  #isSliceOver(): boolean {
    return this.#sliceEnd !== Infinity && performance.now() > this.#sliceEnd
  }

  /** Runs the tasks until all of them wait, or the slice is over. */
  runReady(): void {
    while (this.#ready.length > 0) {
      const steps = this.#ready
      this.#ready = []
      for (const [index, step] of steps.entries()) {
        step()
        if (this.#isSliceOver()) {
          this.#ready = [...steps.slice(index + 1), ...this.#ready]
          return
        }
      }
    }
  }
}

/** How long tasks run before the event loop gets its turn. */
const sliceMilliseconds = 4

/** What a cancelled task ends with. */
export class Cancelled extends Error {
  constructor() {
    super('cancelled')
  }
}
