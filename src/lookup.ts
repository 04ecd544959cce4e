import type { Environment, Tool } from './base/tool.js'
import { bareStage, planArguments } from './plan/command.js'
import type { PlanList, PlanStage } from './plan/plan.js'
import { InputNeeded, type Settled, settle, settleContext } from './plan/settle.js'
import { loadTool, toolNames } from './tools/index.js'

/**
 * A tool with its arguments as a plan of one stage: what `sluice-<tool>` and `sluice <tool>` run. Throws what the
 * tool throws at wrong arguments.
 */
export function compileTool(tool: Tool, argv: readonly string[], env: Environment, cwd: string): PlanList {
  const settled = settleEarly(tool, argv, { env, cwd })
  return listOf([{ ...bareStage(tool, argv), ...(settled === undefined ? {} : { settled }) }])
}

/** Undefined where the arguments need what only the running stage can read. */
function settleEarly(
  tool: Tool,
  argv: readonly string[],
  place: { env: Environment; cwd: string },
): Settled | undefined {
  try {
    return settle(tool, argv, settleContext(place))
  } catch (error) {
    if (error instanceof InputNeeded) return undefined
    throw error
  }
}

/** The stage that a command's words stand for, for tools that run commands. */
export async function lookUp(
  argv: readonly string[],
  env: Environment,
  cwd: string,
): Promise<PlanStage | undefined> {
  const tools = await loadTools(new Set(argv.slice(0, 1)))
  return planArguments(argv, { tools, toolNames, env, cwd, report: () => undefined })
}

export function listOf(stages: readonly PlanStage[]): PlanList {
  const span = { start: 0, end: 0 }
  return { items: [{ when: 'always', pipeline: { negated: false, stages, span } }] }
}

/** The tools among the names. */
export async function loadTools(names: ReadonlySet<string>): Promise<ReadonlyMap<string, Tool>> {
  const loaded = await Promise.all([...names].map(async (name) => [name, await loadTool(name)] as const))
  return new Map(loaded.filter((entry): entry is [string, Tool] => entry[1] !== undefined))
}
