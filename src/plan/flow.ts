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
  return stage.kind === 'operator' ? stage.operator.types : undefined
}

/** The tool that reads each kind of bytes and writes what they hold. */
const openers: Readonly<Record<string, string>> = { gzip: 'gunzip' }

function helpFor(output: StreamType): { help?: string } {
  const opener = output.kind === 'bytes' ? openers[output.media ?? ''] : undefined
  return opener === undefined ? {} : { help: `put \`${opener}\` between` }
}
