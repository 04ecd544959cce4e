import type { StageOutcome } from '../../base/status.js'
import type { Task } from '../../base/task.js'
import { Indivisible, type StageIo } from '../../base/tool.js'
import type { OperatorStage, ParallelStage, PlanStage, ToolStage } from '../../plan/plan.js'
import { runList, statusOf } from '../list.js'
import { flushMessages } from '../message.js'
import { innerFrame } from '../redirect.js'
import type { StageContext } from '../run.js'
import { runWork, type StageWork } from '../run-tool.js'
import { combineParts } from './combine.js'
import { writeInOrder } from './in-order.js'
import { assemble, type Team } from './team.js'

/**
 * Runs stages in several threads, this one among them, each over chunks of the file that it takes one by one. Where that
 * cannot be done they run here, as they would without.
 */
export function* runParallelStage(stage: ParallelStage, context: StageContext): Task<StageOutcome> {
  const team = assemble(stage, context)
  if (team === undefined) return yield* runHere(stage, context)
  try {
    return yield* runTeam(stage, team, context)
  } catch (error) {
    if (!(error instanceof Indivisible)) throw error
  } finally {
    team.disband()
  }
  return yield* runHere(stage, context)
}

/** The last stage's writing is done here; the others' ends count besides. */
function* runTeam(
  { name, stages, parts, combine }: ParallelStage,
  team: Team,
  context: StageContext,
): Task<StageOutcome> {
  const last = stages.at(-1)
  if (last === undefined) throw new RangeError('there is nothing to run')
  let outcomes: readonly StageOutcome[] = []
  const work: StageWork = {
    ...nameAndStatus(last),
    *run(io: StageIo) {
      outcomes =
        combine === undefined ? yield* writeInOrder(team, io.stdout) : yield* combineParts(combine, team, io)
      return outcomes.at(-1)?.code ?? 0
    },
  }
  const written = yield* runWork(work, context)
  yield* flushMessages(team.messages)
  for (const [index, statistics] of team.statistics().entries()) {
    const [stage, outcome] = [parts[index], outcomes[index]]
    if (stage === undefined || outcome === undefined) continue
    const place = stage.place ?? { position: index + 1, of: parts.length }
    context.run.ended.push({ ...place, stage, outcome, meter: { statistics } })
  }
  const status = statusOf([...outcomes.slice(0, -1), written])
  return { name, explained: true, ...status }
}

function nameAndStatus(stage: ToolStage | OperatorStage): Omit<StageWork, 'run'> {
  if (stage.kind === 'tool') return { name: stage.tool.name, status: stage.tool.status, writer: stage.tool }
  const { operator, writer } = stage
  return { name: operator.name, status: operator.status, writer }
}

function* runHere({ name, stages }: ParallelStage, context: StageContext): Task<StageOutcome> {
  const pipeline = { negated: false, stages: stages as readonly PlanStage[], span: { start: 0, end: 0 } }
  const list = { items: [{ when: 'always' as const, pipeline }] }
  const status = yield* runList(list, innerFrame(context), context.run)
  return { name, explained: true, ...status }
}
