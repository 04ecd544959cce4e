import { parameterOptions } from '../plan/parameters.js'
import { commonOptions } from '../plan/settle.js'
import type { Script } from '../syntax/tree.js'
import { optionLines } from './help.js'

/** A `.pipe` file's `--help`, from its first comment and its parameters. */
export function renderFileHelp(script: Script, name: string): string {
  const options = Object.values({ ...parameterOptions(script), help: commonOptions.help })
  const summary = script.summary === undefined ? [] : [script.summary]
  return [
    `Usage: ${name} [OPTION]... [ARGUMENT]...`,
    ...summary,
    '',
    ...options.flatMap(optionLines),
    '',
  ].join('\n')
}
