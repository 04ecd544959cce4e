import { Signal, type Task, type Work } from '../base/task.js'

/**
 * Runs the tasks of one thread in turn.
 *
 * Alone, `runToEnd` drives them in one blocking loop. Beside others, `start` drives them from the event
 * loop in slices of a few milliseconds, so that signals, sockets and other pipelines get their turn.
 */
export class Scheduler {
  #ready: (() => void)[] = []
  #idle: Signal[] = []
  /** The slice to come, where something is ready for it. */
  #next: NodeJS.Immediate | undefined
  #isInSlice = false
  #sliceEnd = Infinity
  readonly #enqueue = (step: () => void): void => {
    this.#ready.push(step)
    if (!this.blocking && !this.#isInSlice) this.#next ??= setImmediate(() => this.slice())
  }

  constructor(
    /** Whether tasks may block the thread where the whole process has nothing else to do. */
    readonly blocking: boolean,
  ) {}

  /** Starts a task; every step of it is run by `around`, where that is given. */
  spawn<Result>(task: Task<Result>, around?: (step: () => void) => void): Work<Result> {
    return new Spawned(task, this.#enqueue, around)
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

  /** To be waited for between two reads that never block: lets the others run when the slice is over, or `now`. */
  *breathe(now = false): Task<void> {
    if (!now && !this.#isSliceOver()) return
    const next = new Signal()
    setImmediate(() => next.wake())
    yield next
  }

  /** Runs the tasks for a slice. Called from the event loop alone, by those who bring what a task waits for. */
  slice(): void {
    clearImmediate(this.#next)
    this.#isInSlice = true
    this.#sliceEnd = performance.now() + sliceMilliseconds
    this.runReady()
    this.#isInSlice = false
    this.#next = this.#ready.length > 0 ? setImmediate(() => this.slice()) : undefined
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
      let done = 0
      for (const step of steps) {
        step()
        done++
        if (this.#isSliceOver()) {
          this.#ready = [...steps.slice(done), ...this.#ready]
          return
        }
      }
    }
  }
}

class Spawned<Result> implements Work<Result> {
  readonly ended = new Signal()
  readonly #resume: () => void
  #outcome: { value: Result } | { error: unknown } | undefined
  #isRunning = false
  #isCancelled = false

  constructor(
    private readonly task: Task<Result>,
    enqueue: (step: () => void) => void,
    around: ((step: () => void) => void) | undefined,
  ) {
    const step = (): void => this.#step()
    const run = around === undefined ? step : (): void => around(step)
    this.#resume = () => enqueue(run)
    enqueue(run)
  }

  get finished(): boolean {
    return this.#outcome !== undefined
  }

  result(): Result {
    if (this.#outcome === undefined) throw new Error('the task is still running')
    if ('error' in this.#outcome) throw this.#outcome.error
    return this.#outcome.value
  }

  cancel(): void {
    if (this.finished || this.#isCancelled) return
    this.#isCancelled = true
    // A task that is in the middle of a step ends with the step.
    if (!this.#isRunning) this.#end()
  }

  #step(): void {
    if (this.finished) return
    this.#isRunning = true
    try {
      const next = this.task.next()
      if (next.done === true) this.#finish({ value: next.value })
      else if (this.#isCancelled) this.#end()
      else next.value.subscribe(this.#resume)
    } catch (error) {
      this.#finish({ error })
    } finally {
      this.#isRunning = false
    }
  }

  #end(): void {
    try {
      // The argument stands for a result that nobody will see.
      this.task.return(undefined as Result)
    } catch {
      // What a task meets while it cleans up is nobody's outcome.
    }
    this.#finish({ error: new Cancelled() })
  }

  #finish(outcome: { value: Result } | { error: unknown }): void {
    this.#outcome = outcome
    this.ended.wake()
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
