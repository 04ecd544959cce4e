import type { RuleTime } from '../../optimise/index.js'
import { cellsBeside, wrapped } from './columns.js'
import type { Flow } from './measured.js'
import type { ExplainedRule, ExplainedStage, Explanation } from './model.js'
import { type Heading, type Line, linesOf, type Row } from './rows.js'
import { amount, bytes, duration } from './units.js'

/** Columns below which the plans stand one below the other. */
const leastForTwo = 72

/** The explanation for people: the plan as written and as it will run, beside each other where there is room. */
export function renderText(explanation: Explanation, width: number): string {
  const { rules, times, run } = explanation
  const lines = linesOf(explanation)
  const isSame = rules.length === 0
  const plan = isSame
    ? ['the plan', '', ...stacked(lines, runCell, width)]
    : width < leastForTwo
      ? [
          ...['as written', '', ...stacked(lines, writtenCell, width), ''],
          ...['as it will run', '', ...stacked(lines, runCell, width)],
        ]
      : sideBySide(lines, width)
  const why = isSame
    ? ['no rule has anything to do']
    : ['why', ...rules.flatMap((rule) => ruleLines(rule, width))]
  const legend = '(below each stage: what it reads → writes, where it runs, what it holds in memory)'
  const end =
    run === undefined
      ? []
      : ['', timesLine(times), `ended with ${run.code} after ${duration(run.milliseconds)}`]
  return [...plan, '', ...wrapped([legend], width), '', ...why, ...end, ''].join('\n')
}

/** A row's text in one of the two plans, by lines that begin with their indent. */
type Cell = (row: Row) => readonly string[]

function stacked(lines: readonly Line[], cell: Cell, width: number): string[] {
  return lines.flatMap((line) => wrapped('heading' in line ? [headingLine(line)] : cell(line), width))
}

function sideBySide(lines: readonly Line[], width: number): string[] {
  const rows = lines.map((line) =>
    'heading' in line
      ? { left: [headingLine(line)], right: [headingLine(line)], isChanged: false }
      : { left: writtenCell(line), right: runCell(line), isChanged: isChanged(line) },
  )
  return cellsBeside(['as written', 'as it will run'], rows, width)
}

function headingLine({ depth, heading }: Heading): string {
  return `${indent(depth)}${heading}:`
}

function isChanged({ runs }: Row): boolean {
  return runs === undefined || runs.isReplaced || runs.rules.length > 0
}

function writtenCell(row: Row): readonly string[] {
  return row.written.flatMap((stage, index) => [
    `${indent(row.depth)}${mark(row.isPiped || index > 0)}${stage.stage}`,
    `${indent(row.depth)}      ${facts(stage)}`,
  ])
}

function runCell({ depth, isPiped, runs }: Row): readonly string[] {
  if (runs === undefined) return [`${indent(depth)}  (left out)`]
  const { parts, operator, engine, measured } = runs
  const title = parts === undefined ? operator : `${engine}, each on parts of the file`
  return [
    `${indent(depth)}${mark(isPiped)}${title}`,
    ...(parts ?? []).flatMap((part, index) => [
      `${indent(depth)}    ${mark(index > 0)}${part.operator}`,
      ...(part.measured === undefined ? [] : [`${indent(depth)}          ${measuredFacts(part)}`]),
    ]),
    `${indent(depth)}      ${facts(runs)}`,
    ...(measured === undefined ? [] : [`${indent(depth)}      ${measuredFacts(runs)}`]),
  ]
}

function facts({ reads, writes, engine, memory, rules }: ExplainedStage): string {
  const numbers = rules.length === 0 ? '' : `  [${rules.join(',')}]`
  return `${reads} → ${writes}, ${engine}, ${memory}${numbers}`
}

function measuredFacts({ measured, reads }: ExplainedStage): string {
  if (measured === undefined) return ''
  const { read, wrote, milliseconds } = measured
  const input = reads === 'nothing' ? '' : `${flowText(read)} `
  return `${duration(milliseconds)}: ${input}→ ${flowText(wrote)}`
}

function flowText(flow: Flow | undefined): string {
  return flow === undefined
    ? '?'
    : `${amount(flow.rows)} ${flow.rows === 1 ? 'row' : 'rows'}, ${bytes(flow.bytes)}`
}

function ruleLines({ number, rule, before, after, why }: ExplainedRule, width: number): string[] {
  return wrapped(
    [
      `  [${number}] ${rule}: ${before === '' ? '' : `${before} → `}${after === '' ? 'nothing' : after}`,
      `      ${why}`,
    ],
    width,
  )
}

/** What the rules took, for who analyses a run: it is part of its start. */
function timesLine(times: readonly RuleTime[]): string {
  const all = times.reduce((sum, { milliseconds }) => sum + milliseconds, 0)
  const tried = times.reduce((sum, time) => sum + time.tried, 0)
  return `the rules took ${duration(all)}, tried ${amount(tried)} times`
}

function indent(depth: number): string {
  return '    '.repeat(depth)
}

function mark(isPiped: boolean): string {
  return isPiped ? '| ' : '  '
}
