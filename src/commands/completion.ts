import { UsageError } from '../base/error.js'
import { renderCompletion, type Shell, shells } from '../render/completion.js'
import { loadTool, toolNames } from '../tools/index.js'
import { writeOut } from './write-out.js'

/** Prints the completion script for a shell. */
export async function completion(shell: string): Promise<number> {
  const known = shells.find((each): each is Shell => each === shell)
  if (known === undefined) throw new UsageError(`unknown shell '${shell}': expected ${shells.join(', ')}`)
  const tools = await Promise.all(toolNames.map(loadTool))
  writeOut(
    renderCompletion(
      known,
      tools.filter((tool) => tool !== undefined),
    ),
  )
  return 0
}
