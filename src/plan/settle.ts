import { readFileSync } from 'node:fs'
import { placeOf } from '../base/bytes.js'
import { system } from '../base/error.js'
import { parseArguments } from '../base/getopt.js'
import type { OptionTable } from '../base/option.js'
import { streamDescriptor } from '../base/path.js'
import type { Environment, SettleContext, Tool } from '../base/tool.js'

/** What a tool's arguments ask for. */
export type Settled =
  /** `nested` is the index of the argument that is a spec. */
  | { readonly kind: 'run'; readonly settings: unknown; readonly nested?: number }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }

/** The options that every tool has. */
export const commonOptions = {
  help: { long: 'help', help: 'display this help and exit' },
  version: { long: 'version', help: 'output version information and exit' },
} as const satisfies OptionTable

/** Parses and checks the arguments of one use of a tool. Throws `UsageError`, `ToolError`, `SystemError`. */
export function settle(tool: Tool, argv: readonly string[], context: SettleContext): Settled {
  if (tool.syntax?.raw === true && tool.syntax.describesItself?.(context.env) !== false) {
    if (argv.length === 1 && argv[0] === '--help') return { kind: 'help' }
    if (argv.length === 1 && argv[0] === '--version') return { kind: 'version' }
  }
  const modern = tool.syntax?.obsolete?.(argv, context.env) ?? argv
  const table: OptionTable = { ...tool.options, ...commonOptions }
  const args = parseArguments(table, modern, tool.syntax, context.env)
  if (args.has('help')) return { kind: 'help' }
  if (args.has('version')) return { kind: 'version' }
  const settings = tool.settle(args, context)
  const nested = args.operandIndex[tool.nested?.operand ?? -1]
  return { kind: 'run', settings, ...(nested === undefined ? {} : { nested }) }
}

/** Thrown by a context's `readFile` for a path that only the running stage can read: a stream of its own. */
export class InputNeeded extends Error {
  constructor(
    readonly path: string,
    readonly descriptor: number,
  ) {
    super(`${path} can be read only when the stage runs`)
  }
}

/**
 * What a tool may look at while it settles its arguments. Streams of the stage's own are in `contents` once they
 * were read; asking for one before throws `InputNeeded`.
 */
export function settleContext(
  { env, cwd }: { readonly env: Environment; readonly cwd: string },
  contents: ReadonlyMap<string, Buffer> = new Map(),
): SettleContext {
  return {
    env,
    readFile(path) {
      const descriptor = streamDescriptor(path)
      if (descriptor === undefined) return system(() => readFileSync(placeOf(cwd, path)))
      const content = contents.get(path)
      if (content === undefined) throw new InputNeeded(path, descriptor)
      return content
    },
  }
}
