import type { Environment, Tool } from './base/tool.js'
import { bareStage, planArguments } from './plan/command.js'
import type { PlanList, PlanStage, ToolStage } from './plan/plan.js'
import { InputNeeded, settle, settleContext } from './plan/settle.js'
import { loadTool, toolNames } from './tools/index.js'

/** Where a plan is made: what paths and names mean. */
export interface Place {
  readonly env: Environment
  readonly cwd: string
}

/**
 * A tool with its arguments: what `sluice-<tool>` and the TypeScript factories run. Throws what the tool throws at
 * wrong arguments; arguments that need what only the running stage can read are settled then.
 */
export function toolStage(tool: Tool, argv: readonly string[], place: Place): ToolStage {
  const stage = bareStage(tool, argv)
  try {
    return { ...stage, settled: settle(tool, argv, settleContext(place)) }
  } catch (error) {
    if (error instanceof InputNeeded) return stage
    throw error
  }
}

/** The stage that a command's words stand for, for tools that run commands. */
export async function lookUp(argv: readonly string[], place: Place): Promise<PlanStage | undefined> {
  const tools = await loadTools(argv.slice(0, 1))
  return planArguments(argv, { tools, toolNames, ...place, report: () => undefined })
}

/** A plan of one pipeline. */
export function listOf(stages: readonly PlanStage[]): PlanList {
  const span = { start: 0, end: 0 }
  return { items: [{ when: 'always', pipeline: { negated: false, stages, span } }] }
}

/** The tools among the names. */
export async function loadTools(names: Iterable<string>): Promise<ReadonlyMap<string, Tool>> {
  const loaded = await Promise.all([...names].map(async (name) => [name, await loadTool(name)] as const))
  return new Map(loaded.filter((entry): entry is [string, Tool] => entry[1] !== undefined))
}
