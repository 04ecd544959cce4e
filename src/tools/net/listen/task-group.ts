import { Signal, type Task } from '../../../base/task.js'

/** Tasks that come and go, side by side, in the task that holds them. */
export class TaskGroup {
  readonly #tasks = new Set<Task<void>>()
  readonly #changed = new Signal()
  #ready: Task<void>[] = []

  get size(): number {
    return this.#tasks.size
  }

  add(task: Task<void>): void {
    this.#tasks.add(task)
    this.#resume(task)
  }

  /** Lets `isOver` be asked again. */
  wake(): void {
    this.#changed.wake()
  }

  /** Runs the tasks until `isOver`, which is asked whenever one of them has moved. */
  *runUntil(isOver: () => boolean): Task<void> {
    while (!isOver()) {
      const due = this.#ready
      this.#ready = []
      for (const task of due) this.#step(task)
      if (due.length === 0) yield this.#changed
    }
  }

  /** Ends the tasks where they wait. */
  close(): void {
    for (const task of this.#tasks) task.return()
    this.#tasks.clear()
  }

  #step(task: Task<void>): void {
    if (!this.#tasks.has(task)) return
    const step = task.next()
    if (step.done === true) this.#tasks.delete(task)
    else step.value.subscribe(() => this.#resume(task))
  }

  #resume(task: Task<void>): void {
    this.#ready.push(task)
    this.#changed.wake()
  }
}
