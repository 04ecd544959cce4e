import { names } from '../base/getopt.js'
import type { OptionDeclaration } from '../base/option.js'
import type { Tool } from '../base/tool.js'
import { releaseDate, version } from '../base/version.js'
import { commonOptions } from '../plan/settle.js'
import { escapeRoff, header, literal, paragraph, prose, section, tagged } from './roff.js'

/** A tool's manual page, section 1. */
export function renderToolPage(tool: Tool): string {
  const name = `sluice-${tool.name}`
  const lines = [
    header(name, 1, releaseDate, `sluice ${version}`, 'Sluice tools'),
    ...section('NAME', [`${escapeRoff(name)} \\- ${escapeRoff(tool.summary)}`]),
    ...section('SYNOPSIS', synopsis(tool)),
    ...section('DESCRIPTION', [
      prose(`${tool.summary.charAt(0).toUpperCase()}${tool.summary.slice(1)}.`),
      ...tool.details.flatMap((text) => paragraph(text, false)),
    ]),
    ...section('OPTIONS', options(tool)),
    ...section('EXIT STATUS', exitStatus(tool)),
    ...section('EXAMPLES', tool.examples.flatMap(example)),
    ...section('SEE ALSO', ['.BR sluice (1),', '.BR sluice.pipe (5)']),
  ]
  return `${lines.join('\n')}\n`
}

function synopsis(tool: Tool): string[] {
  return tool.usage.flatMap((form, index) => [
    ...(index > 0 ? ['.br'] : []),
    `.B ${escapeRoff(`sluice-${tool.name}`)}`,
    ...(form === '' ? [] : [escapeRoff(form)]),
  ])
}

function options(tool: Tool): string[] {
  const table: Readonly<Record<string, OptionDeclaration>> = { ...tool.options, ...commonOptions }
  return Object.values(table)
    .filter(({ hidden }) => hidden !== true)
    .flatMap((option) => tagged(forms(option), `${option.help}.`))
}

/** `\fB-d\fR, \fB--delimiter\fR=\fIDELIM\fR` */
function forms({ short, long, value, optionalValue }: OptionDeclaration): string {
  const bold = (text: string): string => `\\fB${escapeRoff(text)}\\fR`
  const argument = value === undefined ? '' : `\\fI${escapeRoff(value)}\\fR`
  const shorts = names(short).map((letter) => {
    if (argument === '' || names(long).length > 0) return bold(`-${letter}`)
    return bold(`-${letter}`) + (optionalValue === true ? `[${argument}]` : ` ${argument}`)
  })
  const longs = names(long).map((word) => {
    if (argument === '') return bold(`--${word}`)
    return bold(`--${word}`) + (optionalValue === true ? `[=${argument}]` : `=${argument}`)
  })
  return [...shorts, ...longs].join(', ')
}

function exitStatus({ status }: Tool): string[] {
  return Object.entries(status.meaning).flatMap(([code, meaning]) => tagged(`.B ${code}`, `${meaning}.`))
}

function example({ about, spec, stdin, stdout }: Tool['examples'][number], index: number): string[] {
  const input = stdin === undefined ? '' : `printf ${shellQuote(visible(stdin))} | `
  const command = `$ ${input}sluice -c ${shellQuote(spec)}`
  return [...paragraph(`${about}:`, index === 0), ...literal(`${command}\n${stdout.replace(/\n$/, '')}`)]
}

/** As printf takes it. */
function visible(text: string): string {
  const escapes: Readonly<Record<string, string>> = {
    '\\': '\\\\',
    '\n': '\\n',
    '\t': '\\t',
    '\r': '\\r',
    '\0': '\\0',
    '%': '%%',
  }
  return text.replace(/[\\\n\t\r\0%]/g, (character) => escapes[character] ?? character)
}

function shellQuote(text: string): string {
  return `'${text.replace(/'/g, "'\\''")}'`
}
