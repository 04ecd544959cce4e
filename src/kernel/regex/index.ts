import type { Regex, RegexOptions } from './contract.js'
import { createEngine } from './engine.js'

export { RegexError, type RegexWarning } from './error.js'
export { syntaxes, type Syntax } from './syntax.js'
export type { Regex, RegexOptions } from './contract.js'
export type { Text } from './find.js'
export type { MatchOptions, MatchWalk } from './matches.js'
export type { LineOptions, LineResult, LineTarget } from './select.js'

/** Engines in use, and some that were freed not long ago, by their patterns and options. */
const engines = new Map<string, { readonly engine: Regex; users: number }>()
const idleLimit = 32

/**
 * Compiles patterns, any of which may match. A string stands for its UTF-8 bytes.
 * Throws `RegexError` for the first pattern that is not valid.
 */
export function compileRegex(patterns: readonly (string | Uint8Array)[], options: RegexOptions): Regex {
  const bytes = patterns.map((pattern) => Buffer.from(pattern))
  const key = JSON.stringify([options, bytes.map((pattern) => pattern.toString('latin1'))])
  const known = engines.get(key)
  const entry = known ?? { engine: createEngine(bytes, options), users: 0 }
  entry.users++
  // The map's order is that of last use.
  engines.delete(key)
  engines.set(key, entry)
  let isFree = false
  return { ...entry.engine, free }

  function free() {
    if (isFree) return
    isFree = true
    entry.users--
    const idle = [...engines].filter(([, { users }]) => users === 0)
    for (const [idleKey, { engine }] of idle.slice(0, Math.max(idle.length - idleLimit, 0))) {
      engine.free()
      engines.delete(idleKey)
    }
  }
}
