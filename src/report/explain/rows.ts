import type { ExplainedPipeline, ExplainedStage, Explanation } from './model.js'

/** Stages as written, and the one that runs in their place: what stands beside each other. */
export interface Row {
  readonly depth: number
  /** Whether a pipe leads to it. */
  readonly isPiped: boolean
  readonly written: readonly ExplainedStage[]
  /** Undefined where nothing is left of them. */
  readonly runs: ExplainedStage | undefined
}

/** A line between pipelines. */
export interface Heading {
  readonly depth: number
  readonly heading: string
}

export type Line = Row | Heading

/** The lines of both plans, one beside the other. */
export function linesOf({ written, optimised }: Explanation): Line[] {
  return linesOfLists(written, optimised, 0)
}

function linesOfLists(
  written: readonly ExplainedPipeline[],
  optimised: readonly ExplainedPipeline[],
  depth: number,
): Line[] {
  return written.flatMap((pipeline, index) => {
    const headings = headingsOf(pipeline, index)
    const runs = optimised[index]?.stages ?? []
    return [
      ...headings.map((heading) => ({ depth, heading })),
      ...linesOfStages(pipeline.stages, runs, depth),
    ]
  })
}

function headingsOf({ when }: ExplainedPipeline, index: number): string[] {
  if (when === 'always') return index === 0 ? [] : ['then']
  return [when === 'success' || when === 'failure' ? `after a ${when}` : when]
}

function linesOfStages(
  written: readonly ExplainedStage[],
  runs: readonly ExplainedStage[],
  depth: number,
): Line[] {
  const lines: Line[] = []
  for (let at = 0; at < written.length;) {
    const place = at + 1
    const stage = runs.find(({ standsFor }) => standsFor.includes(place))
    // What was left out between stages that were joined is among them.
    const taken = written.slice(at, Math.max(place, ...(stage?.standsFor ?? [])))
    lines.push({ depth, isPiped: at > 0, written: taken, runs: stage })
    // A stage that has others inside is never replaced.
    const [first] = taken
    if (first?.inner !== undefined) lines.push(...linesOfLists(first.inner, stage?.inner ?? [], depth + 1))
    at += taken.length
  }
  return lines
}
