import type { Diagnostic } from './base/diagnostic.js'
import type { Source } from './base/span.js'
import type { Environment } from './base/tool.js'
import { loadTools } from './load-tools.js'
import { type Optimised, optimise, type OptimiseOptions } from './optimise/index.js'
import { checkDeclarations } from './plan/declarations.js'
import { planList } from './plan/index.js'
import { nestedNames } from './plan/nested.js'
import type { PlanList } from './plan/plan.js'
import { type parse } from './syntax/index.js'
import type { Script } from './syntax/tree.js'
import { commandNames } from './syntax/walk.js'
import { toolNames } from './tools/index.js'

/** A spec that was read and, where `diagnostics` is empty, may be run. */
export interface Compiled {
  readonly source: Source
  readonly script: Script
  /** The plan as written, and as it will run. */
  readonly written: PlanList
  readonly optimised: Optimised
  readonly diagnostics: readonly Diagnostic[]
}

export interface CompileOptions {
  readonly env: Environment
  readonly cwd: string
  /** `$0` and `$1` onwards. */
  readonly name: string
  readonly positional: readonly string[]
  /** Values of the file's parameters, by name. */
  readonly parameters?: ReadonlyMap<string, string>
  /** Variables that have their values only in a run. */
  readonly late?: ReadonlySet<string>
  readonly optimise?: OptimiseOptions
}

/** source → syntax → plan → optimise. All findings come together; nothing is started. */
export async function compile(
  source: Source,
  parsed: ReturnType<typeof parse>,
  options: CompileOptions,
): Promise<Compiled> {
  const { env, cwd, name, positional, parameters = new Map<string, string>() } = options
  const { script } = parsed
  const diagnostics = [...parsed.diagnostics]
  const report = (diagnostic: Diagnostic): void => {
    const isKnown = diagnostics.some(
      ({ span, message }) => span.start === diagnostic.span.start && message === diagnostic.message,
    )
    if (!isKnown) diagnostics.push(diagnostic)
  }
  const outer = await loadTools(commandNames(script))
  const tools = new Map([...outer, ...(await loadTools(nestedNames(script, outer)))])
  const set = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const scope = {
    variables: new Map([...set, ...parameters]),
    name,
    late: options.late ?? new Set<string>(),
    positional,
    functions: script.functions,
    calls: [],
    descriptors: new Set<number>(),
    untouched: true,
  }
  const context = { tools, toolNames, env, cwd, report }
  checkDeclarations(script, context)
  const written = planList(script.body, scope, context)
  const optimised = optimise(written, options.optimise)
  return { source, script, written, optimised, diagnostics }
}
