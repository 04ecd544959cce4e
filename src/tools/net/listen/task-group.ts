import { Signal, type Task, type Work } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'

/** Tasks that come and go beside the stage. */
export class TaskGroup {
  readonly #work = new Set<Work<void>>()
  readonly #changed = new Signal()
  #failure: { error: unknown } | undefined

  constructor(private readonly start: StageIo['start']) {}

  get size(): number {
    return this.#work.size
  }

  add(task: Task<void>): void {
    const work = this.start(task)
    this.#work.add(work)
    work.ended.subscribe(() => {
      if (this.#work.delete(work)) this.#note(work)
    })
  }

  /** Lets `isOver` be asked again. */
  wake(): void {
    this.#changed.wake()
  }

  /** Waits until `isOver`, which is asked when the last task has ended, and after `wake`. Throws what one has thrown. */
  *until(isOver: () => boolean): Task<void> {
    while (!isOver()) {
      if (this.#failure !== undefined) throw this.#failure.error
      yield this.#changed
    }
  }

  /** Ends the tasks where they wait. */
  close(): void {
    for (const work of this.#work) {
      this.#work.delete(work)
      work.cancel()
    }
  }

  #note(work: Work<void>): void {
    try {
      work.result()
    } catch (error) {
      this.#failure ??= { error }
    }
    if (this.#failure !== undefined || this.size === 0) this.wake()
  }
}
