import { ToolError } from './base/error.js'
import type { Environment, Tool } from './base/tool.js'
import { compile } from './compile.js'
import { loadTools } from './load-tools.js'
import { bareStage, planArguments } from './plan/command.js'
import type { PlanList, PlanStage, ToolStage } from './plan/plan.js'
import { InputNeeded, settle, settleContext } from './plan/settle.js'
import { renderDiagnostics } from './report/diagnostics.js'
import { parse } from './syntax/index.js'
import { toolNames } from './tools/index.js'

/** Where a plan is made: what paths and names mean. */
export interface Place {
  readonly env: Environment
  readonly cwd: string
}

/**
 * A tool with its arguments: what `sluice-<tool>` and the TypeScript factories run. Throws what the tool throws at
 * wrong arguments; arguments that need what only the running stage can read are settled then.
 */
export async function toolStage(tool: Tool, argv: readonly string[], place: Place): Promise<ToolStage> {
  const stage = bareStage(tool, argv)
  try {
    const settled = settle(tool, argv, settleContext(place))
    const spec = settled.kind === 'run' ? argv[settled.nested ?? -1] : undefined
    if (spec === undefined) return { ...stage, settled }
    return { ...stage, settled, nested: await nestedList(spec, tool, place) }
  } catch (error) {
    if (error instanceof InputNeeded) return stage
    throw error
  }
}

/** Plans a spec that is an argument of its own. Throws `ToolError` with the findings. */
async function nestedList(text: string, tool: Tool, place: Place): Promise<PlanList> {
  const source = { name: 'SPEC', text }
  const late = new Set(tool.nested?.variables)
  const { optimised, diagnostics } = await compile(source, parse(source, { declarations: false }), {
    ...place,
    name: tool.name,
    positional: [],
    late,
  })
  if (diagnostics.length === 0) return optimised.list
  throw new ToolError(renderDiagnostics(diagnostics, source).trimEnd())
}

/** The stage that a command's words stand for, for tools that run commands. */
export async function lookUp(argv: readonly string[], place: Place): Promise<PlanStage | undefined> {
  const [name = '', ...rest] = argv
  const tools = await loadTools([name])
  const tool = tools.get(name)
  if (tool?.nested !== undefined) return await toolStage(tool, rest, place)
  return planArguments(argv, { tools, toolNames, ...place, report: () => undefined })
}

/** A plan of one pipeline. */
export function listOf(stages: readonly PlanStage[]): PlanList {
  const span = { start: 0, end: 0 }
  return { items: [{ when: 'always', pipeline: { negated: false, stages, span } }] }
}
