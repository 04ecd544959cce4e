import { type PlanList, type PlanStage, writtenStages } from '../plan/plan.js'

/** The `processes` engine: the plan as written with every tool of ours as a process of its own. */
export function asProcesses(list: PlanList, shim: string): PlanList {
  const items = list.items.map((item) => ({
    ...item,
    pipeline: {
      ...item.pipeline,
      stages: item.pipeline.stages.flatMap((stage) =>
        writtenStages(stage).map((one) => asProcess(one, shim)),
      ),
    },
  }))
  return { items }
}

function asProcess(stage: ReturnType<typeof writtenStages>[number], shim: string): PlanStage {
  const substitutions = stage.substitutions.map((substitution) => ({
    ...substitution,
    list: asProcesses(substitution.list, shim),
  }))
  if (stage.kind === 'group') return { ...stage, substitutions, list: asProcesses(stage.list, shim) }
  if (stage.kind === 'command') return { ...stage, substitutions }
  // Values that the nested spec was given would be lost on the way to another process.
  if (stage.nested !== undefined) return { ...stage, substitutions, nested: asProcesses(stage.nested, shim) }
  const { name, span, redirections, environment, tool } = stage
  const words = [shim, name].map((text) => ({ span, parts: [{ kind: 'text' as const, text }] }))
  return {
    kind: 'command',
    name,
    path: process.execPath,
    arguments: [...words, ...stage.arguments],
    status: tool.status,
    span,
    redirections,
    environment,
    substitutions,
  }
}
