import { workingFolder } from '../base/path.js'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { systemPath, textOf } from '../base/bytes.js'
import { system, SystemError, ToolError, UsageError } from '../base/error.js'
import { quoteFile } from '../base/quote.js'
import type { Source } from '../base/span.js'
import { commandForms } from './forms.js'
import { type Compiled, compile } from '../compile.js'
import { readFileArguments } from '../plan/parameters.js'
import { renderFileHelp } from '../render/file-help.js'
import { renderDiagnostics } from '../report/diagnostics.js'
import type { OptimiseOptions } from '../optimise/index.js'
import { parse, type Parsed } from '../syntax/index.js'

/** A spec as the command line names it: a file, or the text after `-c`. */
export interface Spec {
  readonly source: Source
  readonly isFile: boolean
  /** What follows: the file's arguments, or `NAME ARG…` after `-c SPEC`. */
  readonly args: readonly string[]
}

/** Reads the file. Throws `ToolError`. */
export function fileSpec(path: string, args: readonly string[]): Spec {
  try {
    const text = textOf(system(() => readFileSync(path === '-' ? 0 : systemPath(path))))
    return { source: { name: path, text }, isFile: true, args }
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    const meant = Object.hasOwn(commandForms, path) ? `; 'sluice ${path}' takes its options behind it` : ''
    throw new ToolError(
      `cannot read ${quoteFile(path)}: ${error.reason}${meant}`,
      error.code === 'ENOENT' ? 127 : 126,
    )
  }
}

export function inlineSpec(text: string, args: readonly string[]): Spec {
  return { source: { name: '-c', text }, isFile: false, args }
}

export function parseSpec({ source, isFile }: Spec): Parsed {
  return parse(source, { declarations: isFile })
}

/** A spec ready to run, the text to print instead, or the exit code after its findings were shown. */
export type Ready =
  | { readonly kind: 'run'; readonly compiled: Compiled }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'wrong'; readonly code: number }

/** Compiles a spec with its arguments; what is wrong is told on standard error. */
export async function ready(spec: Spec, optimise: OptimiseOptions): Promise<Ready> {
  const { source, isFile, args } = spec
  const parsed = parseSpec(spec)
  const name = isFile ? source.name : (args[0] ?? 'sluice')
  const given = isFile ? fileArguments(parsed, source, args) : inlineArguments(args)
  if (given.kind !== 'run') return given
  const { values: parameters, positional } = given
  const place = { env: process.env, cwd: workingFolder() }
  const compiled = await compile(source, parsed, {
    ...place,
    name,
    positional,
    parameters,
    optimise,
  })
  const { diagnostics } = compiled
  if (diagnostics.length === 0) return { kind: 'run', compiled }
  process.stderr.write(renderDiagnostics(diagnostics, source))
  const onlyMissing = diagnostics.every(({ code }) => code === 'unknown-command')
  return { kind: 'wrong', code: onlyMissing ? 127 : 2 }
}

function inlineArguments(args: readonly string[]): ReturnType<typeof readFileArguments> & { kind: 'run' } {
  return { kind: 'run', values: new Map(), positional: args.slice(1) }
}

/** Where the file has mistakes, its help or what is wrong with the arguments is less than those. */
function fileArguments(
  { script, diagnostics }: Parsed,
  source: Source,
  args: readonly string[],
): Exclude<ReturnType<typeof readFileArguments>, { kind: 'help' }> | Exclude<Ready, { kind: 'run' }> {
  const name = basename(source.name)
  let problem: string
  try {
    const given = readFileArguments(script, args)
    if (given.kind === 'run') return given
    if (diagnostics.length === 0) return { kind: 'text', text: renderFileHelp(script, name) }
    problem = ''
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    problem = `${name}: ${error.message}\nTry '${source.name} --help' for more information.\n`
  }
  process.stderr.write(diagnostics.length === 0 ? problem : renderDiagnostics(diagnostics, source))
  return { kind: 'wrong', code: 2 }
}
