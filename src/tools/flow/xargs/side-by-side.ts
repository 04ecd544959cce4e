import { Signal, type Task } from '../../../base/task.js'

/** Runs tasks inside one task: they go on while it waits for something else, or for them. */
export class SideBySide<Result> {
  readonly #running = new Set<Task<Result>>()
  #ready: Task<Result>[] = []
  readonly #ended: Result[] = []
  readonly #woken = new Signal()

  /** How many were started whose result was not taken. */
  get size(): number {
    return this.#running.size + this.#ended.length
  }

  start(task: Task<Result>): void {
    this.#running.add(task)
    this.#ready.push(task)
    this.#step()
  }

  /** The result of one that has ended. Throws what it threw. */
  *next(): Task<Result> {
    for (;;) {
      const result = this.#ended.shift()
      if (result !== undefined) return result
      yield* this.#pause()
    }
  }

  /** Runs `task` to its end while the others go on. */
  *during<Value>(task: Task<Value>): Task<Value> {
    let waits = false
    for (;;) {
      if (!waits) {
        const step = task.next()
        if (step.done === true) return step.value
        waits = true
        step.value.subscribe(() => {
          waits = false
          this.#woken.wake()
        })
      }
      this.#step()
      if (waits) yield* this.#pause()
    }
  }

  /** Ends all that are still running; their `finally` blocks run. */
  cancel(): void {
    for (const task of this.#running) task.return(undefined as Result)
  }

  *#pause(): Task<void> {
    if (this.#ready.length === 0) yield this.#woken
    this.#step()
  }

  #step(): void {
    const ready = this.#ready
    this.#ready = []
    for (const task of ready) {
      const step = task.next()
      if (step.done === true) {
        this.#running.delete(task)
        this.#ended.push(step.value)
      } else
        step.value.subscribe(() => {
          this.#ready.push(task)
          this.#woken.wake()
        })
    }
  }
}
