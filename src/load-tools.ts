import type { Tool } from './base/tool.js'
import { loadTool } from './tools/index.js'

/** The tools among the names. */
export async function loadTools(names: Iterable<string>): Promise<ReadonlyMap<string, Tool>> {
  const loaded = await Promise.all([...names].map(async (name) => [name, await loadTool(name)] as const))
  return new Map(loaded.filter((entry): entry is [string, Tool] => entry[1] !== undefined))
}
