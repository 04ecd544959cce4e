import { names } from '../base/getopt.js'
import type { OptionTable } from '../base/option.js'
import { releaseDate, version } from '../base/version.js'
import { commandForms, runOptions } from '../commands/forms.js'
import { toolNames } from '../tools/index.js'
import { languagePage, statusPage } from './page-text.js'
import { escapeRoff, header, literal, paragraph, section, tagged } from './roff.js'

/** sluice(1). */
export function renderCommandPage(): string {
  const table: OptionTable = runOptions
  return page([
    header('sluice', 1, releaseDate, `sluice ${version}`, 'Sluice'),
    ...section('NAME', ['sluice \\- check, fuse and run pipelines']),
    ...section(
      'SYNOPSIS',
      [
        ...[
          '[\\fIOPTION\\fR]... \\fIFILE\\fR [\\fIARG\\fR]...',
          '[\\fIOPTION\\fR]... \\fB\\-c\\fR \\fISPEC\\fR [\\fINAME\\fR [\\fIARG\\fR]...]',
        ],
        ...['\\fITOOL\\fR [\\fIARG\\fR]...', '\\fICOMMAND\\fR [\\fIARG\\fR]...'],
      ].flatMap((form, index) => [...(index > 0 ? ['.br'] : []), '.B sluice', form]),
    ),
    ...section(
      'DESCRIPTION',
      statusPage.description.flatMap((text, index) => paragraph(text, index === 0)),
    ),
    ...section(
      'OPTIONS',
      Object.values(table).flatMap(({ short, long, value, optionalValue, help }) => {
        const forms = [...names(short).map((name) => `-${name}`), ...names(long).map((name) => `--${name}`)]
        const argument = value === undefined ? '' : optionalValue === true ? `[=${value}]` : ` ${value}`
        return tagged(`.B ${escapeRoff(forms.join(', ') + argument)}`, `${help}.`)
      }),
    ),
    ...section(
      'COMMANDS',
      Object.entries(commandForms).flatMap(([name, { usage, summary }]) =>
        tagged(`.B ${escapeRoff(`${name} ${usage}`.trim())}`, `${summary}.`),
      ),
    ),
    ...section(
      'EXPLAIN',
      statusPage.explain.flatMap((text, index) => paragraph(text, index === 0)),
    ),
    ...section('TOOLS', paragraph(toolNames.map((name) => `\`${name}\``).join(', '), true)),
    ...section(
      'EXIT STATUS',
      statusPage.exitStatus.flatMap(([code, meaning]) => tagged(`.B ${code}`, meaning)),
    ),
    ...section(
      'ENVIRONMENT',
      statusPage.environment.flatMap(([name, meaning]) => tagged(`.B ${name}`, meaning)),
    ),
    ...section(
      'EXAMPLES',
      statusPage.examples.flatMap(([about, spec], index) => [
        ...paragraph(about, index === 0),
        ...literal(spec),
      ]),
    ),
    ...section('SEE ALSO', ['.BR sluice.pipe (5)']),
  ])
}

/** sluice.pipe(5): the language. */
export function renderLanguagePage(): string {
  return page([
    header('sluice.pipe', 5, releaseDate, `sluice ${version}`, 'Sluice'),
    ...section('NAME', ['sluice.pipe \\- the language of pipelines']),
    ...languagePage.flatMap(({ title, text }) =>
      section(
        title,
        text.flatMap((each, index) => paragraph(each, index === 0)),
      ),
    ),
    ...section('SEE ALSO', ['.BR sluice (1)']),
  ])
}

function page(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`
}
