import { names } from '../base/getopt.js'
import type { OptionDeclaration, OptionTable } from '../base/option.js'
import type { Tool } from '../base/tool.js'
import { version } from '../base/version.js'
import { commonOptions } from '../plan/settle.js'
import { wrap } from './text.js'

const width = 79
const column = 30

/** What `--help` and `--version` print. */
export function renderDescription(tool: Tool, what: 'help' | 'version'): string {
  return what === 'help' ? renderHelp(tool) : `${tool.name} (sluice) ${version}\n`
}

/** A tool's `--help`. */
function renderHelp(tool: Tool): string {
  const usage = tool.usage.map((form, index) =>
    `${index === 0 ? 'Usage:' : '  or: '} ${tool.name} ${form}`.trimEnd(),
  )
  const table: OptionTable = { ...tool.options, ...commonOptions }
  const options = Object.values(table).filter(({ hidden }) => hidden !== true)
  const summary = `${tool.summary.charAt(0).toUpperCase()}${tool.summary.slice(1)}.`
  const details = tool.details.flatMap((paragraph) => ['', ...paragraphLines(paragraph)])
  const examples = tool.examples.flatMap(({ about, spec }) => [`  ${spec}`, `      ${about}`])
  return [
    ...usage,
    summary,
    '',
    ...options.flatMap(optionLines),
    ...details,
    ...(examples.length > 0 ? ['', 'Examples:', ...examples] : []),
    '',
    `The manual: sluice man ${tool.name}`,
    '',
  ].join('\n')
}

/** An option's names with its argument: `-d, --delimiter=DELIM`. */
function optionForms({ short, long, value, optionalValue }: OptionDeclaration): string[] {
  const shorts = names(short).map((name) => {
    if (value === undefined || names(long).length > 0) return `-${name}`
    return optionalValue === true ? `-${name}[${value}]` : `-${name} ${value}`
  })
  const longs = names(long).map((name) => {
    if (value === undefined) return `--${name}`
    return optionalValue === true ? `--${name}[=${value}]` : `--${name}=${value}`
  })
  return [...shorts, ...longs]
}

/** An option with its explanation, as `--help` shows it. */
export function optionLines(option: OptionDeclaration): string[] {
  const forms = optionForms(option).join(', ')
  const left = names(option.short).length > 0 ? `  ${forms}` : `      ${forms}`
  const [first = '', ...rest] = wrap(option.help, width - column)
  const indent = ' '.repeat(column)
  const head = left.length + 2 > column ? [left, indent + first] : [left.padEnd(column) + first]
  return [...head, ...rest.map((line) => indent + line)]
}

function paragraphLines(paragraph: string): string[] {
  return paragraph.startsWith('  ') ? paragraph.split('\n') : wrap(paragraph, width)
}
