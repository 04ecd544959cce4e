import { explainPlan, renderExplanation } from '../report/explain.js'
import { thisMachine } from '../machine.js'
import { writeOut } from './write-out.js'
import { ready, type Spec } from './spec.js'

/** Shows a spec's plan as written and as it will run. Runs nothing. */
export async function explain(spec: Spec, format: 'text' | 'json'): Promise<number> {
  const result = await ready(spec, { machine: thisMachine({ cwd: process.cwd() }) })
  if (result.kind === 'wrong') return result.code
  if (result.kind === 'text') {
    writeOut(result.text)
    return 0
  }
  const { source, written, optimised } = result.compiled
  const explanation = explainPlan(written, optimised, ({ span }) =>
    source.text.slice(span.start, span.end).replace(/\s+/g, ' '),
  )
  writeOut(
    format === 'json' ? `${JSON.stringify(explanation, undefined, 2)}\n` : renderExplanation(explanation),
  )
  return 0
}
