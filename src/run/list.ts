import type { StageOutcome } from '../base/status.js'
import type { Task, Work } from '../base/task.js'
import { type PlanList, type PlanPipeline, type PlanStage, startsProcess } from '../plan/plan.js'
import { writesAtHand } from './at-hand.js'
import {
  type Frame,
  type InputEnd,
  inputDescriptor,
  memoryPipe,
  type OutputEnd,
  outputDescriptor,
} from './ends.js'
import { makePipes } from './fifo.js'
import { Meter } from './meter.js'
import type { Run, Status } from './run.js'

const success: Status = { code: 0, class: 'ok' }

const alone = { position: 1, of: 1 }

/** Runs the pipelines of a list one after the other, as `&&`, `||` and `;` say. */
export function* runList(list: PlanList, frame: Frame, run: Run): Task<Status> {
  let status = success
  for (const { when, pipeline } of list.items) {
    if (when === 'success' && status.code !== 0) continue
    if (when === 'failure' && status.code === 0) continue
    status = yield* runPipeline(pipeline, frame, run)
  }
  return status
}

/** Runs the stages of a pipeline side by side, and waits for them all. */
function* runPipeline(pipeline: PlanPipeline, frame: Frame, run: Run): Task<Status> {
  const { stages } = pipeline
  const [only] = stages
  if (only !== undefined && stages.length === 1 && !run.host.measures) {
    // It needs no task beside this one.
    const { position, of } = only.place ?? alone
    const place = { position, of, meter: undefined }
    return signed(pipeline, statusOf([yield* run.runStage(only, frame, run, place, () => undefined)]))
  }
  const edges = connect(stages, frame.stdin, run)
  const works: Work<StageOutcome>[] = stages.map((stage, index) => {
    const stdin = edges[index - 1]?.read
    const stdout = edges[index]?.write
    const own: Frame = { ...frame, stdin: stdin ?? frame.stdin, stdout: stdout ?? frame.stdout }
    const meter = run.host.measures ? new Meter() : undefined
    const release = (): void => {
      stdin?.close()
      stdout?.close()
    }
    return run.start(
      run.runStage(
        stage,
        own,
        run,
        { ...(stage.place ?? { position: index + 1, of: stages.length }), meter },
        release,
      ),
      meter,
    )
  })
  // The last one first: when a stage throws, those behind it end, and those before it may still wait for their input.
  const outcomes: StageOutcome[] = []
  for (const work of works.toReversed()) outcomes.unshift(yield* run.wait(work))
  return signed(pipeline, statusOf(outcomes))
}

/** The status behind a `!`, where there is one. */
function signed({ negated }: PlanPipeline, status: Status): Status {
  if (!negated) return status
  return status.code === 0 ? { code: 1, class: 'false' } : success
}

/** The edges between stages: a kernel pipe where a real process may be on either side, memory elsewhere. */
function connect(stages: readonly PlanStage[], stdin: InputEnd, run: Run): Edge[] {
  const { host } = run
  const isReal = stages
    .slice(1)
    .map((stage, index) => [stage, ...stages.slice(index, index + 1)].some(startsProcess))
  const pipes = [...makePipes(isReal.filter(Boolean).length, host.temporaryFolder)]
  const edges: Edge[] = []
  for (const [index, writer] of stages.slice(0, -1).entries()) {
    const pipe = isReal[index] === true ? pipes.shift() : undefined
    const read = edges.at(-1)?.read ?? stdin
    edges.push(
      pipe === undefined
        ? memoryPipe(() => isReal[index - 1] !== true && writesAtHand(writer, read, host.cwd))
        : { read: inputDescriptor(host, pipe.read, true), write: outputDescriptor(host, pipe.write, true) },
    )
  }
  return edges
}

interface Edge {
  readonly read: InputEnd
  readonly write: OutputEnd
}

/**
 * The pipeline's status: that of the rightmost stage in error, else the last stage's. A stage whose reader was
 * done is no failure (law 5), except at the end, where the reader is somebody else's.
 */
export function statusOf(outcomes: readonly StageOutcome[]): Status {
  const failed = outcomes.findLast((outcome) => outcome.class === 'error')
  const last = outcomes.at(-1)
  const { code, class: statusClass, signal } = failed ?? last ?? success
  return signal === undefined ? { code, class: statusClass } : { code, class: statusClass, signal }
}
