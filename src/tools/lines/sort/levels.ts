import type { Task } from '../../../base/task.js'

/**
 * Runs, in the order in which they were added. As soon as enough of them were merged equally often they are merged into
 * one, so that no line is written more than a few times and few files are open.
 */
export class LeveledRuns<Run> {
  /** Each with how often its lines were merged. */
  readonly #runs: { readonly run: Run; readonly level: number }[] = []

  constructor(
    private readonly fanIn: number,
    private readonly merge: (runs: readonly Run[]) => Task<Run>,
  ) {}

  get count(): number {
    return this.#runs.length
  }

  *add(run: Run): Task<void> {
    this.#runs.push({ run, level: 0 })
    for (;;) {
      const level = this.#runs.at(-1)?.level ?? 0
      const last = this.#runs.slice(-this.fanIn)
      if (last.length < this.fanIn || last.some((each) => each.level !== level)) return
      yield* this.#mergeLast(this.fanIn, level + 1)
    }
  }

  /** Merges the last ones until no more are left than can be merged at once, and hands those over. */
  *take(): Task<readonly Run[]> {
    while (this.#runs.length > this.fanIn)
      yield* this.#mergeLast(Math.min(this.fanIn, this.#runs.length - this.fanIn + 1), 0)
    return this.#runs.splice(0).map(({ run }) => run)
  }

  *#mergeLast(count: number, level: number): Task<void> {
    const runs = this.#runs.splice(-count).map(({ run }) => run)
    this.#runs.push({ run: yield* this.merge(runs), level })
  }
}
