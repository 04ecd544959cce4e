import { UsageError } from '../base/error.js'
import { parseArguments } from '../base/getopt.js'
import { quote } from '../base/quote.js'
import type { OptimiseOptions } from '../optimise/index.js'
import { runOptions } from './forms.js'
import { execute, type ExecuteOptions } from './execute.js'
import { renderStatistics } from '../report/statistics.js'
import type { RunResult } from '../run/index.js'
import { choice, optimiseOptions } from './optimise-options.js'
import { writeOut } from './write-out.js'
import { fileSpec, inlineSpec, ready, type Spec } from './spec.js'

/** `sluice [OPTION]… FILE [ARG]…` and `sluice [OPTION]… -c SPEC [NAME ARG…]`. */
export async function run(argv: readonly string[]): Promise<number> {
  const { spec, options, optimise } = readRunArguments(argv)
  const result = await ready(spec, optimise)
  if (result.kind === 'wrong') return result.code
  if (result.kind === 'text') {
    writeOut(result.text)
    return 0
  }
  return await execute(result.compiled.optimised.list, options)
}

interface RunArguments {
  readonly spec: Spec
  readonly options: ExecuteOptions
  readonly optimise: OptimiseOptions
}

/** Throws `UsageError`, and `ToolError` when the file cannot be read. */
function readRunArguments(argv: readonly string[]): RunArguments {
  const args = parseArguments(runOptions, argv, { operandsLast: true })
  const text = args.value('spec')
  const [path, ...rest] = args.operands
  if (text === undefined && path === undefined) throw new UsageError('give a FILE, or a spec with -c')
  const spec = text === undefined ? fileSpec(path ?? '', rest) : inlineSpec(text, args.operands)
  return {
    spec,
    options: {
      engine: choice('--engine', args.value('engine') ?? 'inline', ['inline', 'processes']),
      ...(args.has('stats')
        ? { measured: showStatistics(choice('--stats', args.value('stats') ?? 'text', ['text', 'json'])) }
        : {}),
      ...(args.has('readSize') ? { readSize: readSize(args.value('readSize') ?? '') } : {}),
    },
    optimise: optimiseOptions({
      isOff: args.has('noOptimise'),
      without: args.all('without').map(({ value }) => value ?? ''),
      threads: args.value('threads'),
    }),
  }
}

function showStatistics(format: 'text' | 'json'): (result: RunResult) => void {
  return ({ status, ended }) => process.stderr.write(renderStatistics(ended, status.code, format))
}

function readSize(text: string): number {
  const size = Number(text)
  if (Number.isInteger(size) && size >= 1) return size
  throw new UsageError(`invalid argument ${quote(text)} for '--read-size': expected a number of bytes`)
}
