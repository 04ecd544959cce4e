import { workingFolder } from '../base/path.js'
import { bytesOf } from '../base/bytes.js'
import { listOf, toolStage } from '../lookup.js'
import type { PlanList } from '../plan/plan.js'
import { describeFailure } from '../run/stage.js'
import { loadTool } from '../tools/index.js'
import { execute } from './execute.js'

/** Runs one tool as a command of its own, in its own words and codes. Undefined when there is no such tool. */
export async function runToolCommand(name: string, argv: readonly string[]): Promise<number | undefined> {
  const tool = await loadTool(name)
  if (tool === undefined) return undefined
  let plan: PlanList
  try {
    plan = listOf([await toolStage(tool, argv, { env: process.env, cwd: workingFolder() })])
  } catch (error) {
    const { text, code } = describeFailure(tool, error)
    process.stderr.write(bytesOf(text))
    return code
  }
  return await execute(plan, { isOneTool: true })
}
