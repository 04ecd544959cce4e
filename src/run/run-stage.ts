import { SystemError, ToolError } from '../base/error.js'
import type { StageOutcome } from '../base/status.js'
import type { Task } from '../base/task.js'
import type { Environment } from '../base/tool.js'
import type { PlanAssignment, PlanList, PlanStage } from '../plan/plan.js'
import { callbackSink } from './buffered.js'
import { DirectOutput } from './direct.js'
import { type Frame, outputSink } from './ends.js'
import { type Capture, expandText } from './expand.js'
import { runList } from './list.js'
import type { Meter } from './meter.js'
import { type EndTable, innerFrame, redirect, standardEnds } from './redirect.js'
import type { Run } from './run.js'
import { runCommandStage } from './run-command.js'
import { runToolStage } from './run-tool.js'
import { startSubstitutions, worse } from './substitution.js'

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
  readonly capture: Capture
  /** Runs `close` when the stage is over. */
  atEnd(close: () => void): void
}

/** A stage's place in its pipeline, from 1, and what measures it. */
export interface Place {
  readonly position: number
  readonly of: number
  readonly meter: Meter | undefined
}

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
  const capture: Capture = (list) => captureList(list, frame, run)
  try {
    const env = yield* environment(stage.environment, frame.env, capture)
    const substitutions = startSubstitutions(stage, frame, run)
    const ends = new Map([...standardEnds(frame), ...substitutions.ends])
    const table = yield* redirect(stage.redirections, ends, run.host, capture, atEnd)
    const own = yield* perform(stage, { run, table, frame, env, meter, capture, atEnd })
    return end(worse(own, yield* substitutions.finish()))
  } catch (error) {
    if (!(error instanceof ToolError) && !(error instanceof SystemError)) throw error
    return end(refuse(stage, error))
  } finally {
    for (const close of closers) close()
  }
}

function* perform(stage: PlanStage, context: StageContext): Task<StageOutcome> {
  switch (stage.kind) {
    case 'tool':
      return yield* runToolStage(stage, context)
    case 'command':
      return yield* runCommandStage(stage, context)
    case 'group': {
      const status = yield* runList(stage.list, innerFrame(context), context.run)
      return { name: stage.name, explained: true, ...status }
    }
  }
}

/** A stage that could not be started, told on the process's own standard error. */
function refuse(stage: PlanStage, error: ToolError | SystemError): StageOutcome {
  new DirectOutput(2).text(`sluice: ${error.message}\n`)
  const code = error instanceof ToolError ? (error.exit ?? 1) : 1
  return { name: stage.name, code, class: 'error', explained: true }
}

/** What a list writes: `$(list)`. */
function* captureList(list: PlanList, frame: Frame, run: Run): Task<Buffer> {
  const pieces: Buffer[] = []
  const sink = callbackSink((bytes) => pieces.push(Buffer.from(bytes)))
  yield* runList(list, { ...frame, stdout: outputSink(sink) }, run)
  return Buffer.concat(pieces)
}

function* environment(
  assignments: readonly PlanAssignment[],
  env: Environment,
  capture: Capture,
): Task<Environment> {
  if (assignments.length === 0) return env
  const changed: Record<string, string | undefined> = { ...env }
  for (const { name, value } of assignments) changed[name] = yield* expandText(value, capture)
  return changed
}
