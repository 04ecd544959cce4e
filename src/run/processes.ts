import type { OperatorStage, PlanList, PlanStage } from '../plan/plan.js'

/** The `processes` engine: the same plan with every tool of ours as a process of its own. */
export function asProcesses(list: PlanList, shim: string): PlanList {
  const items = list.items.map((item) => ({
    ...item,
    pipeline: {
      ...item.pipeline,
      stages: item.pipeline.stages.flatMap((stage) => asWritten(stage).map((one) => asProcess(one, shim))),
    },
  }))
  return { items }
}

/** Processes are the stages that were written, not what the optimiser made of them. */
function asWritten(stage: PlanStage): readonly Exclude<PlanStage, OperatorStage>[] {
  return stage.kind === 'operator' ? stage.standsFor.flatMap(asWritten) : [stage]
}

function asProcess(stage: Exclude<PlanStage, OperatorStage>, shim: string): PlanStage {
  const substitutions = stage.substitutions.map((substitution) => ({
    ...substitution,
    list: asProcesses(substitution.list, shim),
  }))
  if (stage.kind === 'group') return { ...stage, substitutions, list: asProcesses(stage.list, shim) }
  if (stage.kind === 'command') return { ...stage, substitutions }
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
