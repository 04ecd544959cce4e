import { bytesOf } from '../../base/bytes.js'
import type { Regex, RegexOptions } from './contract.js'
import { createEngine } from './engine.js'

export { RegexError, type RegexWarning } from './error.js'
export { syntaxes, type Syntax } from './syntax.js'
export type { Regex, RegexOptions } from './contract.js'
export type { Text } from './text.js'
export type { MatchOptions, MatchWalk } from './matches.js'
export type { LineOptions, LineResult, LineTarget } from './lines.js'

interface Entry {
  readonly engine: Regex
  users: number
}

/** Engines by their patterns and options: those in use, and some that were freed not long ago. */
const engines = new Map<string, Entry>()
/** The keys of those that nobody uses, longest ago first. */
const idle = new Set<string>()
const idleLimit = 32

/**
 * Compiles patterns, any of which may match. A string stands for its UTF-8 bytes.
 * Throws `RegexError` for the first pattern that is not valid.
 */
export function compileRegex(patterns: readonly (string | Uint8Array)[], options: RegexOptions): Regex {
  const bytes = patterns.map((pattern) =>
    typeof pattern === 'string' ? bytesOf(pattern) : Buffer.from(pattern),
  )
  const key = JSON.stringify([options, bytes.map((pattern) => pattern.toString('latin1'))])
  const entry = engines.get(key) ?? { engine: createEngine(bytes, options), users: 0 }
  engines.set(key, entry)
  entry.users++
  idle.delete(key)
  let isFree = false
  return { ...entry.engine, free }

  function free() {
    if (isFree) return
    isFree = true
    entry.users--
    if (entry.users === 0) idle.add(key)
    for (const oldest of idle) {
      if (idle.size <= idleLimit) break
      engines.get(oldest)?.engine.free()
      engines.delete(oldest)
      idle.delete(oldest)
    }
  }
}
