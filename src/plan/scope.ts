import type { Diagnostic } from '../base/diagnostic.js'
import type { Environment, Tool } from '../base/tool.js'
import type { FunctionDefinition } from '../syntax/tree.js'

/** What the planner knows of the world. It reads it and changes nothing. */
export interface PlanContext {
  /** The tools that the spec names, loaded; and the names of all there are. */
  readonly tools: ReadonlyMap<string, Tool>
  readonly toolNames: readonly string[]
  readonly env: Environment
  readonly cwd: string
  /** Where findings go. */
  report(diagnostic: Diagnostic): void
}

/** What names mean at one place of a spec. */
export interface Scope {
  /** Parameters of the file, then the environment. */
  readonly variables: ReadonlyMap<string, string>
  /** Variables that have their values only in a run. */
  readonly late: ReadonlySet<string>
  /** `$0`, and `$1` onwards. */
  readonly name: string
  readonly positional: readonly string[]
  readonly functions: readonly FunctionDefinition[]
  /** The functions whose bodies are being planned, the innermost last. */
  readonly calls: readonly FunctionDefinition[]
  /** The descriptors that the stages around this place have beyond the first three. */
  readonly descriptors: ReadonlySet<number>
  /** Nothing of the spec has run before this place, so files are as they will be. */
  readonly untouched: boolean
}

/** A variable's value, undefined when it is not set. */
export function valueOf(name: string, scope: Scope): string | undefined {
  if (name === '#') return String(scope.positional.length)
  if (name === '@' || name === '*') return scope.positional.join(' ')
  if (name === '0') return scope.name
  if (/^\d+$/.test(name)) return scope.positional[Number(name) - 1]
  return scope.variables.get(name)
}
