import type { OptionTable } from '../base/option.js'
import type { Tool } from '../base/tool.js'

/** The registry: every tool by name, loaded when it is asked for. A line a tool, sorted. */
const loaders = {
  cat: async () => anyTool((await import('./lines/cat.js')).cat),
} satisfies Record<string, () => Promise<Tool>>

export const toolNames: readonly string[] = Object.keys(loaders)

/** The tool of that name, or undefined. */
export async function loadTool(name: string): Promise<Tool | undefined> {
  return Object.hasOwn(loaders, name) ? await loaders[name as keyof typeof loaders]() : undefined
}

/** Forgets a tool's own types. Sound because only its own `settle` makes what its own `run` takes. */
function anyTool<Table extends OptionTable, Settings>(tool: Tool<Table, Settings>): Tool {
  return tool as unknown as Tool
}
