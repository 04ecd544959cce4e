import type { StageOutcome } from '../base/status.js'
import type { Task } from '../base/task.js'
import { type PlanStage, startsProcess, stagesOf } from '../plan/plan.js'
import {
  type Frame,
  type InputEnd,
  inputDescriptor,
  memoryPipe,
  type OutputEnd,
  outputDescriptor,
} from './ends.js'
import { makePipes } from './fifo.js'
import { runList } from './list.js'
import type { Run, Status } from './run.js'

/** The process substitutions of one stage, under way. */
export interface Substitutions {
  /** The stage's ends of them, by descriptor number. */
  readonly ends: ReadonlyMap<number, InputEnd | OutputEnd>
  /** Closes the stage's ends, which ends the lists. */
  close(): void
  /** Waits for the lists. */
  statuses(): Task<readonly Status[]>
}

const none: Substitutions = {
  ends: new Map(),
  close: () => undefined,
  *statuses() {
    return []
  },
}

/** Starts the lists of `<(list)` and `>(list)` beside their stage. */
export function startSubstitutions(stage: PlanStage, frame: Frame, run: Run): Substitutions {
  if (stage.substitutions.length === 0) return none
  const { host } = run
  const needsPipe = stage.substitutions.map(
    ({ list }) => startsProcess(stage) || [...stagesOf(list)].some(startsProcess),
  )
  const pipes = [...makePipes(needsPipe.filter(Boolean).length, host.temporaryFolder)]
  const started = stage.substitutions.map(({ descriptor, direction, list }, index) => {
    const pipe = needsPipe[index] === true ? pipes.shift() : undefined
    const { read, write } =
      pipe === undefined
        ? memoryPipe()
        : { read: inputDescriptor(host, pipe.read, true), write: outputDescriptor(host, pipe.write, true) }
    const [own, theirs] = direction === 'read' ? [read, write] : [write, read]
    const work = run.start(
      (function* (): Task<Status> {
        try {
          return yield* runList(
            list,
            direction === 'read' ? { ...frame, stdout: write } : { ...frame, stdin: read },
            run,
          )
        } finally {
          theirs.close()
        }
      })(),
    )
    return { descriptor, own, work }
  })
  return {
    ends: new Map(started.map(({ descriptor, own }) => [descriptor, own])),
    close() {
      for (const { own } of started) own.close()
    },
    *statuses() {
      const statuses: Status[] = []
      for (const { work } of started) statuses.push(yield* run.wait(work))
      return statuses
    },
  }
}

/** The stage's outcome, or, when that is fine, the failure of one of the lists inside of it. */
export function worse(outcome: StageOutcome, statuses: readonly Status[]): StageOutcome {
  const failed = statuses.find((status) => status.class === 'error')
  return outcome.class === 'error' || failed === undefined
    ? outcome
    : { ...outcome, ...failed, explained: true }
}
