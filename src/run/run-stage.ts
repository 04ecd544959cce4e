import { SystemError, ToolError, WriteError } from '../base/error.js'
import type { StageOutcome } from '../base/status.js'
import type { Task } from '../base/task.js'
import type { Environment } from '../base/tool.js'
import type { GroupStage, PlanAssignment, PlanList, PlanStage } from '../plan/plan.js'
import { callbackSink } from './buffered.js'
import { type Frame, outputSink } from './ends.js'
import { type Filling, expandText } from './expand.js'
import { runList } from './list.js'
import { tell } from './message.js'
import { runParallelStage } from './parallel/index.js'
import { endsOf, innerFrame, redirect } from './redirect.js'
import type { Place, Run, StageContext, Status } from './run.js'
import { runCommandStage } from './run-command.js'
import { runOperatorStage, runToolStage } from './run-tool.js'
import { startSubstitutions, worse } from './substitution.js'

/** Runs one stage; `release` gives back the ends that are its own. */
export function* runStage(
  stage: PlanStage,
  frame: Frame,
  run: Run,
  { position, of, meter }: Place,
  release: () => void,
): Task<StageOutcome> {
  const end = (outcome: StageOutcome): StageOutcome => {
    run.ended.push({ stage, outcome, position, of, meter })
    return outcome
  }
  const closers = [release]
  const atEnd = (close: () => void): void => void closers.unshift(close)
  const inner: Status[] = []
  const filling: Filling = { env: frame.env, capture: (list) => captureList(list, frame, run, inner) }
  try {
    const env =
      stage.environment.length === 0 ? frame.env : yield* environment(stage.environment, frame.env, filling)
    const substitutions = startSubstitutions(stage, frame, run)
    let own: StageOutcome
    try {
      const ends = endsOf(frame, substitutions.ends)
      const table =
        stage.redirections.length === 0
          ? ends
          : yield* redirect(stage.redirections, ends, run.host, filling, atEnd)
      own = yield* perform(stage, { run, table, frame, env, meter, filling, atEnd })
    } catch (error) {
      own = yield* refuse(stage, error, frame)
    } finally {
      substitutions.close()
    }
    if (stage.substitutions.length > 0) inner.push(...(yield* substitutions.statuses()))
    return end(worse(own, inner))
  } catch (error) {
    return end(yield* refuse(stage, error, frame))
  } finally {
    for (const close of closers) close()
  }
}

function perform(stage: PlanStage, context: StageContext): Task<StageOutcome> {
  switch (stage.kind) {
    case 'tool':
      return runToolStage(stage, context)
    case 'operator':
      return runOperatorStage(stage, context)
    case 'parallel':
      return runParallelStage(stage, context)
    case 'command':
      return runCommandStage(stage, context)
    case 'group':
      return runGroup(stage, context)
  }
}

function* runGroup({ name, list }: GroupStage, context: StageContext): Task<StageOutcome> {
  const status = yield* runList(list, innerFrame(context), context.run)
  return { name, explained: true, ...status }
}

/** A stage that could not be started, or not be fed. An error that is not a user's is thrown on. */
function* refuse(stage: PlanStage, error: unknown, { stderr }: Frame): Task<StageOutcome> {
  if (!(error instanceof ToolError || error instanceof SystemError || error instanceof WriteError))
    throw error
  yield* tell(stderr, `sluice: ${error.message}\n`)
  const code = error instanceof ToolError ? (error.exit ?? 1) : 1
  return { name: stage.name, code, class: 'error', explained: true }
}

/** What a list writes: `$(list)`. */
function* captureList(list: PlanList, frame: Frame, run: Run, statuses: Status[]): Task<Buffer> {
  const pieces: Buffer[] = []
  const sink = callbackSink((bytes) => pieces.push(Buffer.from(bytes)))
  statuses.push(yield* runList(list, { ...frame, stdout: outputSink(sink) }, run))
  return Buffer.concat(pieces)
}

function* environment(
  assignments: readonly PlanAssignment[],
  env: Environment,
  filling: Filling,
): Task<Environment> {
  const changed: Record<string, string | undefined> = { ...env }
  for (const { name, value } of assignments) changed[name] = yield* expandText(value, filling)
  return changed
}
