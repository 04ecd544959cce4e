import type { Operator } from '../base/tool.js'
import type { OperatorStage, PlanStage } from '../plan/plan.js'
import {
  isKnown,
  type KnownStage,
  readsAndSaysAsUsual,
  readsPipeOnly,
  writesPipeOnly,
} from '../plan/facts.js'

/**
 * Replaces the first two neighbours for which `operatorFor` has an operator that does the work of both. Neighbours are
 * those between which nothing but a pipe runs.
 */
export function joinNeighbours(
  stages: readonly PlanStage[],
  operatorFor: (first: KnownStage, second: KnownStage) => Operator | undefined,
): readonly PlanStage[] | undefined {
  for (const [index, first] of stages.entries()) {
    const second = stages[index + 1]
    if (!isKnown(first) || !isKnown(second)) continue
    if (!writesPipeOnly(first) || !readsPipeOnly(second) || !readsAndSaysAsUsual(second)) continue
    const operator = operatorFor(first, second)
    if (operator !== undefined)
      return [...stages.slice(0, index), join(first, second, operator), ...stages.slice(index + 2)]
  }
  return undefined
}

function join(first: KnownStage, second: KnownStage, operator: Operator): OperatorStage {
  return {
    ...inPlaceOf(second, operator),
    standsFor: [first, second],
    span: { start: first.span.start, end: second.span.end },
    redirections: [...first.redirections, ...second.redirections],
    environment: [...first.environment, ...second.environment],
  }
}

/** A stage that does with an operator what another does. */
export function inPlaceOf(stage: KnownStage, operator: Operator): OperatorStage {
  return {
    kind: 'operator',
    name: operator.name,
    operator,
    writer: stage.kind === 'operator' ? stage.writer : stage.tool,
    standsFor: stage.kind === 'operator' ? stage.standsFor : [stage],
    span: stage.span,
    redirections: stage.redirections,
    environment: stage.environment,
    substitutions: [],
    ...(stage.place === undefined ? {} : { place: stage.place }),
  }
}
