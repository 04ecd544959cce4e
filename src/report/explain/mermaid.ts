import { type ExplainedPipeline, type Explanation, workOf } from './model.js'

/** The two plans as a Mermaid flowchart, one below the other. */
export function renderMermaid({ written, optimised, rules }: Explanation): string {
  const plans =
    rules.length === 0
      ? planLines('the plan', 'p', optimised)
      : [...planLines('as written', 'w', written), ...planLines('as it will run', 'r', optimised)]
  return ['flowchart TB', ...plans, ''].join('\n')
}

function planLines(title: string, id: string, pipelines: readonly ExplainedPipeline[]): string[] {
  return [
    `  subgraph ${id} ["${title}"]`,
    '    direction LR',
    ...pipelineLines(id, pipelines).map((line) => `    ${line}`),
    '  end',
  ]
}

/** The nodes of pipelines and the arrows between them; what is inside a stage is joined to it by a dotted line. */
function pipelineLines(id: string, pipelines: readonly ExplainedPipeline[]): string[] {
  return pipelines.flatMap(({ when, stages }, pipeline) => {
    const names = stages.map((_, index) => `${id}_${pipeline + 1}_${index + 1}`)
    const [first, before] = [names[0] ?? id, `${id}_${pipeline}_1`]
    return [
      ...stages.map((stage, index) => {
        const { reads, writes, engine, memory } = stage
        const lines = [workOf(stage), `${reads} → ${writes}`, `${engine}, ${memory}`]
        return `${names[index] ?? id}["${lines.map(escaped).join('<br>')}"]`
      }),
      ...names.slice(1).map((name, index) => `${names[index] ?? id} --> ${name}`),
      ...(pipeline === 0
        ? []
        : [`${before} -.->|${when === 'always' ? 'then' : `after a ${when}`}| ${first}`]),
      ...stages.flatMap(({ inner }, index) => {
        if (inner === undefined) return []
        const name = names[index] ?? id
        return [...pipelineLines(`${name}_in`, inner), `${name}_in_1_1 -.- ${name}`]
      }),
    ]
  })
}

/** Text in a node's quotes: what Mermaid or HTML would read is written as its code. */
function escaped(text: string): string {
  return text.replace(/[&"<>#`[\]{}|\\]/g, (character) => `#${character.charCodeAt(0)};`)
}
