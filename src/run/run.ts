import type { StageOutcome, StatusClass } from '../base/status.js'
import type { Task, Work } from '../base/task.js'
import type { Environment } from '../base/tool.js'
import type { PlanStage, WrittenPlace } from '../plan/plan.js'
import type { Child } from './child.js'
import type { EndTable, Frame } from './ends.js'
import type { Filling } from './expand.js'
import type { Host } from './host.js'
import type { Meter } from './meter.js'

/** A list's or pipeline's status by law 6. */
export interface Status {
  readonly code: number
  readonly class: StatusClass
  /** The signal that the deciding stage died of. */
  readonly signal?: NodeJS.Signals
}

/** What a stage runs in. */
export interface StageContext {
  readonly run: Run
  /** Its descriptors, redirections applied. */
  readonly table: EndTable
  /** What lists inside its words run in: its ends before redirections. */
  readonly frame: Frame
  /** Its environment, its own assignments included. */
  readonly env: Environment
  readonly meter: Meter | undefined
  readonly filling: Filling
  /** Runs `close` when the stage is over. */
  atEnd(close: () => void): void
}

/** A stage's place in its pipeline, from 1, and what measures it. */
export interface Place extends WrittenPlace {
  readonly meter: Meter | undefined
}

/** Runs one stage; `release` gives back the ends that are its own. */
export type StageRunner = (
  stage: PlanStage,
  frame: Frame,
  run: Run,
  place: Place,
  release: () => void,
) => Task<StageOutcome>

/** How a stage ended, and where it stood. */
export interface StageEnd extends WrittenPlace {
  readonly meter: Pick<Meter, 'statistics'> | undefined
  readonly stage: PlanStage
  readonly outcome: StageOutcome
}

/** One run of a plan: what is under way, so that all of it can be stopped, and what has ended. */
export class Run {
  readonly ended: StageEnd[] = []
  readonly #work = new Set<Work<unknown>>()
  readonly #children = new Set<Child>()

  constructor(
    readonly host: Host,
    /** Stages run lists, and lists run stages: the one is handed to the other here. */
    readonly runStage: StageRunner,
    /** The run that this one is part of: what ends that one ends its children. */
    private readonly parent?: Run,
  ) {}

  /** Starts a task that belongs to this run; `meter` measures its steps. */
  start<Result>(task: Task<Result>, meter?: Meter): Work<Result> {
    const work = this.host.scheduler.spawn(task, meter && ((step) => meter.step(step)))
    this.#work.add(work)
    work.ended.subscribe(() => this.#work.delete(work))
    return work
  }

  /** Whether there is something to stop. */
  get isUnderWay(): boolean {
    return this.#work.size + this.#children.size > 0
  }

  /** Waits for a task of this run. */
  *wait<Result>(work: Work<Result>): Task<Result> {
    while (!work.finished) yield work.ended
    return work.result()
  }

  /** Counts a real process among what `stop` ends. */
  adopt(child: Child): void {
    this.#children.add(child)
    this.parent?.adopt(child)
    void child.ended.then(() => this.#children.delete(child))
  }

  /** Ends every stage; real processes get `signal`. Resolves when they are gone, killed if they linger. */
  async stop(signal: NodeJS.Signals): Promise<void> {
    const children = [...this.#children]
    for (const child of children) child.kill(signal)
    for (const work of [...this.#work]) work.cancel()
    if (children.length === 0) return
    const lingering = setTimeout(() => {
      for (const child of children) child.kill('SIGKILL')
    }, graceMilliseconds)
    await Promise.all(children.map(({ ended }) => ended))
    clearTimeout(lingering)
  }
}

/** How long a process may take to end by itself after an interrupt. */
const graceMilliseconds = 80
