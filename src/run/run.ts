import type { StageOutcome } from '../base/status.js'
import type { Task } from '../base/task.js'
import type { PlanStage } from '../plan/plan.js'
import type { Child } from './child.js'
import type { Host } from './host.js'
import type { Meter } from './meter.js'
import type { Work } from './schedule.js'

/** How a stage ended, and where it stood. */
export interface StageEnd {
  readonly stage: PlanStage
  readonly outcome: StageOutcome
  /** Its place in its pipeline, from 1, and how many stages that has. */
  readonly position: number
  readonly of: number
  /** What measured it, where the run was to be measured. */
  readonly meter: Meter | undefined
}

/** One run of a plan: what is under way, so that all of it can be stopped, and what has ended. */
export class Run {
  readonly ended: StageEnd[] = []
  readonly #work = new Set<Work<unknown>>()
  readonly #children = new Set<Child>()

  constructor(readonly host: Host) {}

  /** Starts a task that belongs to this run; `meter` measures its steps. */
  start<Result>(task: Task<Result>, meter?: Meter): Work<Result> {
    const work = this.host.scheduler.spawn(task, meter && ((step) => meter.step(step)))
    this.#work.add(work)
    work.ended.subscribe(() => this.#work.delete(work))
    return work
  }

  /** Waits for a task of this run. */
  *wait<Result>(work: Work<Result>): Task<Result> {
    while (!work.finished) yield work.ended
    return work.result()
  }

  /** Counts a real process among what `stop` ends. */
  adopt(child: Child): void {
    this.#children.add(child)
    void child.ended.then(() => this.#children.delete(child))
  }

  /** Ends every stage; real processes get `signal`. Resolves when they are gone, killed if they linger. */
  async stop(signal: NodeJS.Signals): Promise<void> {
    const children = [...this.#children]
    for (const child of children) child.kill(signal)
    for (const work of [...this.#work]) work.cancel()
    const lingering = setTimeout(() => {
      for (const child of children) child.kill('SIGKILL')
    }, graceMilliseconds)
    await Promise.all(children.map(({ ended }) => ended))
    clearTimeout(lingering)
  }
}

/** How long a process may take to end by itself after an interrupt. */
const graceMilliseconds = 80
