import { type PlanList, type PlanStage, writtenStages } from '../plan/plan.js'
import { ownTool } from './own-tool.js'

/** The `processes` engine: the plan as written with every tool of ours as a process of its own. */
export function asProcesses(list: PlanList): PlanList {
  const items = list.items.map((item) => ({
    ...item,
    pipeline: {
      ...item.pipeline,
      stages: item.pipeline.stages.flatMap((stage) => writtenStages(stage).map((one) => asProcess(one))),
    },
  }))
  return { items }
}

function asProcess(stage: ReturnType<typeof writtenStages>[number]): PlanStage {
  const substitutions = stage.substitutions.map((substitution) => ({
    ...substitution,
    list: asProcesses(substitution.list),
  }))
  if (stage.kind === 'group') return { ...stage, substitutions, list: asProcesses(stage.list) }
  if (stage.kind === 'command') return { ...stage, substitutions }
  // Values that the nested spec was given would be lost on the way to another process.
  if (stage.nested !== undefined) return { ...stage, substitutions, nested: asProcesses(stage.nested) }
  const { name, span, redirections, environment, tool } = stage
  const { path, words } = ownTool(name)
  const before = words.map((text) => ({ span, parts: [{ kind: 'text' as const, text }] }))
  return {
    kind: 'command',
    name,
    path,
    arguments: [...before, ...stage.arguments],
    status: tool.status,
    span,
    redirections,
    environment,
    substitutions,
  }
}
