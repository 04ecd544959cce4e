import { openSync } from 'node:fs'
import type { Compiled } from '../compile.js'
import type { OptimiseOptions } from '../optimise/index.js'
import { writeOut } from './write-out.js'
import {
  type ExplainFormat,
  explainPlan,
  type Measurement,
  measurementOf,
  renderExplanation,
  sourceWithoutSecrets,
} from '../report/explain/index.js'
import { execute } from './execute.js'
import { ready, type Spec } from './spec.js'

export interface ExplainOptions {
  readonly format: ExplainFormat
  /** Runs the plan too, and shows what was measured. */
  readonly analyse: boolean
  readonly optimise: OptimiseOptions
}

/** Shows a spec's plan as written and as it will run. Gives the exit code: that of the run, where there is one. */
export async function explain(spec: Spec, { format, analyse, optimise }: ExplainOptions): Promise<number> {
  const result = await ready(spec, { ...optimise, clock: () => performance.now() })
  if (result.kind === 'wrong') return result.code
  if (result.kind === 'text') {
    writeOut(result.text)
    return 0
  }
  const { compiled } = result
  const { measurement, code } = analyse ? await measure(compiled) : { measurement: undefined, code: 0 }
  const { source, script, written, optimised } = compiled
  const text = sourceWithoutSecrets(source, script)
  const explanation = explainPlan(written, optimised, ({ span }) => text(span), measurement)
  writeOut(renderExplanation(explanation, format, textWidth()))
  return code
}

/** Runs a plan as this process's work, but for what it writes: that goes nowhere. */
async function measure({ optimised }: Compiled): Promise<{ measurement?: Measurement; code: number }> {
  const start = performance.now()
  let measurement: Measurement | undefined
  const code = await execute(optimised.list, {
    output: openSync('/dev/null', 'w'),
    measured(result) {
      measurement = measurementOf(result, performance.now() - start)
    },
  })
  return { code, ...(measurement === undefined ? {} : { measurement }) }
}

/** Elsewhere than at a terminal the text is always the same. */
function textWidth(): number {
  const { isTTY, columns } = process.stdout
  const asked = Number(process.env['COLUMNS'])
  return isTTY ? (asked > 0 ? asked : columns) : 100
}
