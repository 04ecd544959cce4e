import { streamDescriptor } from '../base/path.js'
import type { Traits } from '../base/tool.js'
import { type OperatorStage, type PlanStage, staticText, type ToolStage, writtenStages } from './plan.js'

/** A stage of ours whose settings are known, and that starts nothing beside itself. */
export type KnownStage = SettledStage | OperatorStage

type SettledStage = ToolStage & { readonly settled: { readonly kind: 'run'; readonly settings: unknown } }

export function isKnown(stage: PlanStage | undefined): stage is KnownStage {
  if (stage === undefined || stage.substitutions.length > 0) return false
  return stage.kind === 'operator' || (stage.kind === 'tool' && stage.settled?.kind === 'run')
}

/** What a stage's tool or operator says of itself. */
export function traitsOf(stage: KnownStage): Traits {
  return stage.kind === 'operator' ? stage.operator.traits : stage.tool.traits(stage.settled.settings)
}

/** Whether a stage reads what the one before it writes, and nothing else. */
export function readsPipeOnly(stage: KnownStage): boolean {
  if (stage.redirections.some(({ descriptor }) => descriptor === 0)) return false
  if (stage.kind === 'operator')
    return stage.standsFor.slice(0, 1).every((first) => isKnown(first) && readsPipeOnly(first))
  const { reads = [], writes = [] } = stage.tool.files?.(stage.settled.settings) ?? {}
  return writes.length === 0 && reads.every((path) => path === '-')
}

/** The one file that a stage reads, as an operand or by a redirection; undefined for more, and for other inputs. */
export function fileRead(stage: KnownStage): string | undefined {
  const inputs = stage.redirections.filter(({ descriptor }) => descriptor === 0)
  const [first] = writtenStages(stage)
  if (first === undefined || !isKnown(first) || first.kind !== 'tool') return undefined
  const { reads = [], writes = [] } = first.tool.files?.(first.settled.settings) ?? {}
  const readsInput = reads.every((path) => path === '-')
  const [redirection, ...others] = inputs
  if (writes.length > 0 || others.length > 0) return undefined
  if (redirection !== undefined)
    return readsInput && redirection.operator === '<' ? staticText(redirection.target) : undefined
  const [path] = reads
  return reads.length === 1 && path !== undefined && streamDescriptor(path) === undefined ? path : undefined
}

/** Whether only the input of a stage is redirected: what it writes goes to the next, what it says to everybody's place. */
export function writesPipeOnly({ redirections }: PlanStage): boolean {
  return redirections.every(({ descriptor, operator }) => descriptor === 0 && operator !== '<&')
}

/** Whether only the output of a stage is redirected. */
export function readsAndSaysAsUsual({ redirections }: PlanStage): boolean {
  return redirections.every(({ descriptor, operator }) => descriptor === 1 && operator !== '>&')
}
