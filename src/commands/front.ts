import yargs, { type Argv, type Options } from 'yargs'
import { UsageError } from '../base/error.js'
import type { OptionTable } from '../base/option.js'
import { version } from '../base/version.js'
import { names } from '../base/getopt.js'
import { type CommandName, commandForms, runOptions } from './forms.js'
import type { OwnCommand } from './own.js'
import { writeOut } from './write-out.js'

/** Runs `sluice COMMAND …`. Gives the exit code. Throws `UsageError`. */
export async function runOwnCommand(
  name: CommandName,
  command: OwnCommand,
  argv: readonly string[],
  shim: string,
): Promise<number> {
  const parser = base(argv)
    .usage(`Usage: sluice ${name} ${commandForms[name].usage}\n\n${sentence(commandForms[name].summary)}`)
    .options(command.options ?? {})
    .strictOptions()
    // What follows the first operand is the spec's own.
    .parserConfiguration({
      'halt-at-non-option': true,
      'camel-case-expansion': false,
      'boolean-negation': false,
      'greedy-arrays': false,
      'parse-positional-numbers': false,
    })
  let text = ''
  const options = await parser.parseAsync([...argv], {}, (_error, _options, output) => {
    text = output
  })
  if (options['help'] === true || options['version'] === true) {
    writeOut(`${text}\n`)
    return 0
  }
  return await command.run(options, options._.map(String), shim)
}

/** `sluice --help`. */
export async function describeFront(): Promise<number> {
  const parser = base([])
    .usage(usage)
    .options(specOptions())
    .epilogue('`sluice tools` lists the tools; each is also a command sluice-TOOL.')
  for (const [name, { usage: form, summary }] of Object.entries(commandForms))
    parser.command(`${name} ${form}`.trim(), summary)
  writeOut(`${await parser.getHelp()}\n`)
  return 0
}

function base(argv: readonly string[]): Argv {
  return yargs([...argv])
    .scriptName('sluice')
    .version(version)
    .help()
    .wrap(100)
    .exitProcess(false)
    .fail((message, error) => {
      throw error instanceof Error ? error : new UsageError(inOurWords(message))
    })
}

const usage = `Usage: sluice [OPTION]... FILE [ARG]...
       sluice [OPTION]... -c SPEC [NAME [ARG]...]
       sluice TOOL [ARG]...
       sluice COMMAND ...

Checks a pipeline, fuses it into one process and runs it.`

/** The options in front of a spec, for the front door's help alone: run.ts parses them without yargs. */
function specOptions(): Record<string, Options> {
  const table: OptionTable = runOptions
  const entries = Object.values(table).map(({ short, long, value, help }) => {
    const [name = '', ...alias] = [...names(long), ...names(short)]
    const option: Options = {
      alias,
      describe: help,
      group: 'In front of a spec:',
      type: value === undefined ? 'boolean' : 'string',
    }
    return [name, option] as const
  })
  return Object.fromEntries(entries)
}

function sentence(phrase: string): string {
  return `${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}.`
}

/** yargs says that an argument is unknown when it means an option. */
function inOurWords(message: string): string {
  const [, name] = /^Unknown arguments?: ([^,]+)/.exec(message) ?? []
  if (name === undefined) return message
  return `unrecognized option '${name.length === 1 ? '-' : '--'}${name}'`
}
