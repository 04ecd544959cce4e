import type { Options } from 'yargs'
import { UsageError } from '../base/error.js'
import { quote } from '../base/quote.js'
import { version } from '../base/version.js'
import { check } from './check.js'
import { completion } from './completion.js'
import { explain } from './explain.js'
import { explainFormats } from '../report/explain/index.js'
import { fmt } from './fmt.js'
import { type CommandName, runOptions } from './forms.js'
import { link } from './link.js'
import { man } from './man.js'
import { optimiseOptions } from './optimise-options.js'
import { writeOut } from './write-out.js'
import { fileSpec, inlineSpec, type Spec } from './spec.js'
import { testFile } from './test.js'
import { tools } from './tools.js'

/** One of sluice's own commands, for the front door. */
export interface OwnCommand {
  readonly options?: Readonly<Record<string, Options>>
  /** Gives the exit code. `operands` begin at the first argument that is no option. */
  run(
    options: Readonly<Record<string, unknown>>,
    operands: readonly string[],
    shim: string,
  ): number | Promise<number>
}

const inlineOption: Options = {
  type: 'string',
  requiresArg: true,
  describe: 'the spec itself, in place of FILE',
}

/** The commands that this file runs; `run` is the front door's own. */
export type OwnCommandName = Exclude<CommandName, 'run'>

export function isOwnCommand(name: string): name is OwnCommandName {
  return Object.hasOwn(ownCommands, name)
}

export const ownCommands: Readonly<Record<OwnCommandName, OwnCommand>> = {
  check: {
    options: { c: inlineOption },
    run: (options, operands) => check(specOf(options, operands)),
  },
  completion: {
    run: (_options, operands) => completion(one(operands, 'a SHELL: bash, zsh or fish')),
  },
  explain: {
    options: {
      c: inlineOption,
      format: { choices: explainFormats, default: 'text', describe: 'how to show it' },
      analyse: {
        alias: 'analyze',
        type: 'boolean',
        describe: 'run it too, without its output, and show what each operator read, wrote and took',
      },
      'no-optimise': { type: 'boolean', describe: runOptions.noOptimise.help },
      without: { type: 'array', requiresArg: true, describe: runOptions.without.help },
      threads: { type: 'string', requiresArg: true, describe: runOptions.threads.help },
    },
    run: (options, operands) =>
      explain(specOf(options, operands), {
        format: explainFormats.find((format) => format === options['format']) ?? 'text',
        analyse: options['analyse'] === true,
        optimise: optimiseOptions({
          isOff: options['no-optimise'] === true,
          without: Array.isArray(options['without']) ? options['without'].map(String) : [],
          threads: typeof options['threads'] === 'string' ? options['threads'] : undefined,
        }),
      }),
  },
  fmt: {
    options: {
      c: inlineOption,
      write: { alias: 'w', type: 'boolean', describe: 'change FILE instead of printing' },
    },
    run: (options, operands) => fmt(specOf(options, operands), options['write'] === true),
  },
  link: {
    run: (_options, operands, shim) => link(one(operands, 'a folder'), shim),
  },
  man: {
    run: (_options, operands) => man(operands[0] ?? 'sluice'),
  },
  test: {
    run: (_options, operands) => testFiles(operands),
  },
  tools: {
    run: (_options, operands) => {
      none(operands)
      return tools()
    },
  },
  version: {
    run(_options, operands) {
      none(operands)
      writeOut(`${version}\n`)
      return 0
    },
  },
}

function specOf(options: Readonly<Record<string, unknown>>, operands: readonly string[]): Spec {
  const { c: text } = options
  if (typeof text === 'string') return inlineSpec(text, operands)
  const [path, ...rest] = operands
  if (path === undefined) throw new UsageError('give a FILE, or a spec with -c')
  return fileSpec(path, rest)
}

function one(operands: readonly string[], what: string): string {
  const [first, ...others] = operands
  if (first === undefined) throw new UsageError(`give ${what}`)
  none(others)
  return first
}

function none([extra]: readonly string[]): void {
  if (extra !== undefined) throw new UsageError(`extra operand ${quote(extra)}`)
}

async function testFiles(paths: readonly string[]): Promise<number> {
  if (paths.length === 0) throw new UsageError('give a FILE')
  let code = 0
  for (const path of paths) code = Math.max(code, await testFile(path))
  return code
}
