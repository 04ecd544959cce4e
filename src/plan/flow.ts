import { fits, type StreamType, typeName } from '../base/type.js'
import type { PlanStage } from './plan.js'
import type { PlanContext } from './scope.js'

/**
 * Reports every pair of neighbours where the second cannot read what the first writes. A stage that could not be
 * planned is undefined.
 */
export function checkFlow(stages: readonly (PlanStage | undefined)[], { report }: PlanContext): void {
  for (const [index, reader] of stages.entries()) {
    const writer = stages[index - 1]
    if (writer === undefined || reader === undefined) continue
    const output = typesOf(writer)?.output
    const input = typesOf(reader)?.input
    if (input?.kind === 'nothing') {
      const message = `\`${reader.name}\` reads no input, so what \`${writer.name}\` writes would be lost`
      report({
        code: 'type',
        message,
        span: reader.span,
        help: `begin the pipeline with \`${reader.name}\`, or use \`;\``,
      })
    } else if (
      output !== undefined &&
      input !== undefined &&
      output.kind !== 'nothing' &&
      !fits(output, input)
    ) {
      const message = `\`${reader.name}\` reads ${typeName(input)}, but \`${writer.name}\` writes ${typeName(output)}`
      report({ code: 'type', message, span: reader.span, ...helpFor(output) })
    }
  }
}

/** What a stage reads and writes; undefined where that is not known before it runs. */
export function typesOf(
  stage: PlanStage,
): { readonly input: StreamType; readonly output: StreamType } | undefined {
  if (stage.kind === 'tool' && stage.settled?.kind === 'run') return stage.tool.types(stage.settled.settings)
  if (stage.kind === 'operator') return stage.operator.types
  if (stage.kind !== 'parallel') return undefined
  const [first, last] = [stage.stages[0], stage.stages.at(-1)]
  const input = first && typesOf(first)?.input
  const output = last && typesOf(last)?.output
  return input && output && { input, output }
}

/** What makes each type into one that anything reads. */
const openers: Readonly<Record<string, string>> = {
  'bytes<gzip>': 'put `gunzip` between',
  'http<request>': 'send it with `| nc HOST:PORT | response`, or put `cat` between to have its text',
  'http<response>': 'put `response` between',
}

function helpFor(output: StreamType): { help?: string } {
  const help = openers[typeName(output)]
  return help === undefined ? {} : { help }
}
