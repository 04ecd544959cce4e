import { loadTool, toolNames } from '../tools/index.js'
import { writeOut } from './write-out.js'

/** Lists the tools with their summaries. */
export async function tools(): Promise<number> {
  const all = await Promise.all(toolNames.map(loadTool))
  const lines = all.flatMap((tool) =>
    tool === undefined ? [] : [`${tool.name.padEnd(10)} ${tool.summary}\n`],
  )
  writeOut(lines.join(''))
  return 0
}
