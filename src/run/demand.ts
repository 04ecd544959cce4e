import type { Demand } from '../base/budget.js'
import type { Traits } from '../base/tool.js'
import type { PlanList, PlanPipeline, PlanStage } from '../plan/plan.js'

/** What the stages of a list may hold at the same time: its pipelines run one after the other. */
export function demandOf(list: PlanList): Demand {
  return join(
    list.items.map(({ pipeline }) => ofPipeline(pipeline)),
    () => Math.max,
  )
}

/** Stages behind each other hand on what they hold. Those beside them, in `<(…)` and `>(…)`, do not wait for that. */
function ofPipeline({ stages }: PlanPipeline): Demand {
  const own = stages.map((stage) => (stage.kind === 'group' ? demandOf(stage.list) : ofStage(stage)))
  const beside = stages.flatMap(({ substitutions }) => substitutions.map(({ list }) => demandOf(list)))
  const inRow = join(own, (key) => (key === 'branches' ? Math.max : sum))
  return join([inRow, ...beside], () => sum)
}

function ofStage(stage: PlanStage): Demand {
  const isHeld = memoryOf(stage).some((memory) => memory === 'keys' || memory === 'all')
  const threads = stage.kind === 'parallel' ? stage.threads - 1 : 0
  return {
    stages: isHeld ? 1 : 0,
    branches: isHeld ? 1 : 0,
    threads,
    elsewhere: isHeld ? threads / (threads + 1) : 0,
  }
}

function memoryOf(stage: PlanStage): readonly Traits['memory'][] {
  if (stage.kind === 'operator') return [stage.operator.traits.memory]
  if (stage.kind === 'parallel') return stage.parts.flatMap(memoryOf)
  if (stage.kind !== 'tool' || stage.settled?.kind !== 'run') return []
  return [stage.tool.traits(stage.settled.settings).memory]
}

type Joining = (...values: number[]) => number

const sum: Joining = (...values) => values.reduce((total, value) => total + value, 0)

function join(demands: readonly Demand[], how: (key: keyof Demand) => Joining): Demand {
  const joined = (key: keyof Demand): number => how(key)(0, ...demands.map((demand) => demand[key]))
  return {
    stages: joined('stages'),
    branches: joined('branches'),
    threads: joined('threads'),
    elsewhere: joined('elsewhere'),
  }
}
