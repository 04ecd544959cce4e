import { compile } from '../compile.js'
import { renderDiagnostics } from '../report/diagnostics.js'
import { parse, walk } from '../syntax/index.js'
import type { Script } from '../syntax/tree.js'
import { PipelineError } from './error.js'
import { Pipeline } from './pipeline.js'

/** What may stand in a hole: a value is one argument, a list is as many as it has. */
export type Hole = string | number | boolean | readonly (string | number | boolean)[]

/**
 * A pipeline as shell text, with values in its holes: `` sluice`grep ${word} ${path} | sort` ``. A hole is a value and
 * never syntax, whatever it holds; write no quotes around it.
 */
export function sluice(text: TemplateStringsArray, ...holes: readonly Hole[]): Pipeline<'bytes', 'bytes'> {
  const values = new Map<string, string>()
  let spec = text[0] ?? ''
  for (const [index, hole] of holes.entries()) {
    const references = (Array.isArray(hole) ? hole : [hole]).map(
      (value: string | number | boolean, place) => {
        const name = `hole${index + 1}${Array.isArray(hole) ? `_${place + 1}` : ''}`
        values.set(name, String(value))
        return `"\${${name}}"`
      },
    )
    spec += references.join(' ') + (text[index + 1] ?? '')
  }
  return new Pipeline(async (place) => {
    const source = { name: 'sluice', text: spec }
    const parsed = parse(source, { declarations: false })
    refuseQuotedHoles(values, parsed.script)
    const { written, diagnostics } = await compile(source, parsed, {
      ...place,
      name: 'sluice',
      positional: [],
      parameters: values,
    })
    if (diagnostics.length === 0) return written
    const isMissing = diagnostics.every(({ code }) => code === 'unknown-command')
    throw new PipelineError(renderDiagnostics(diagnostics, source), {
      code: isMissing ? 127 : 2,
      diagnostics,
    })
  })
}

/** A hole in single quotes would be its own name, as text. */
function refuseQuotedHoles(values: ReadonlyMap<string, string>, script: Script): void {
  const seen = new Set<string>()
  walk(script, (node) => {
    if (node.kind === 'parameter') seen.add(node.name)
  })
  const [quoted] = [...values.keys()].filter((name) => !seen.has(name))
  if (quoted === undefined) return
  throw new PipelineError(
    `hole ${quoted.slice('hole'.length)} stands in quotes that make it text: write no quotes around it`,
    {
      code: 2,
    },
  )
}
