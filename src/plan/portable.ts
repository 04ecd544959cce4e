import type { Environment, Tool } from '../base/tool.js'
import { type PlanStage, type PlanWord, staticText, type ToolStage } from './plan.js'
import { settle, settleContext } from './settle.js'

/** A stage as plain data, which can be sent to another thread. What is not a plain use of a tool is left out of sight. */
export type PortableStage = PortableTool | { readonly tool: undefined }

interface PortableTool extends Omit<ToolStage, 'tool' | 'settled' | 'kind'> {
  readonly tool: string
}

export function toPortable(stage: PlanStage): PortableStage {
  if (!isPortable(stage)) return { tool: undefined }
  const { tool, name, arguments: words, span, redirections, environment } = stage
  return { tool: tool.name, name, arguments: words, span, redirections, environment, substitutions: [] }
}

/** Whether all of a stage's arguments are in its words. */
export function isPortable(stage: PlanStage): stage is ToolStage {
  if (stage.kind !== 'tool' || stage.settled?.kind !== 'run') return false
  return stage.substitutions.length === 0 && textsOf(stage.arguments) !== undefined
}

/** The same stage again. What was left out of sight is a command that nothing is known of. */
export function fromPortable(
  stage: PortableStage,
  tools: ReadonlyMap<string, Tool>,
  place: { readonly env: Environment; readonly cwd: string },
): PlanStage {
  const tool = stage.tool === undefined ? undefined : tools.get(stage.tool)
  const argv = stage.tool === undefined ? undefined : textsOf(stage.arguments)
  if (stage.tool === undefined || tool === undefined || argv === undefined) return unknownCommand
  return { ...stage, kind: 'tool', tool, settled: settle(tool, argv, settleContext(place)) }
}

const unknownCommand: PlanStage = {
  kind: 'command',
  name: '',
  path: '',
  arguments: [],
  span: { start: 0, end: 0 },
  redirections: [],
  environment: [],
  substitutions: [],
}

function textsOf(words: readonly PlanWord[]): readonly string[] | undefined {
  const texts = words.map(staticText)
  return texts.includes(undefined) ? undefined : texts.filter((text) => text !== undefined)
}
