import { ToolError } from '../../../base/error.js'
import { allocate, release, wordsAt } from '../../../kernel/index.js'
import type { Regex } from '../../../kernel/regex/index.js'
import type { Dialect } from './dialect.js'
import type { LineSource } from './lines.js'
import { compilePattern } from './pattern.js'
import { highestGroup, type Pattern, type Piece } from './program.js'
import type { Space } from './space.js'

/** The lines of a batch that match a pattern, found many at a time. */
export interface Cursor {
  /**
   * Where the first line at or behind `at` begins that matches; the batch's length when there is none. Going
   * forward is cheap.
   */
  nextFrom(at: number): number
}

/** The patterns of a program, compiled. */
export interface Patterns {
  /** What a pattern stands for; the empty one for the one last used. */
  resolve(pattern: Pattern): Regex
  /** For a pattern that can be looked for in many lines at once, which does not make it the one last used. */
  forLines(pattern: Pattern): Regex | undefined
  /** What `resolve` gives, for an `s`. Throws `ToolError` when the replacement refers to groups that there are not. */
  resolveFor(pattern: Pattern, replacement: readonly Piece[]): Regex
  test(pattern: Pattern, space: Space): boolean
  /** Undefined for a pattern that cannot be looked for in a whole batch. */
  cursor(pattern: Pattern): Cursor | undefined
  free(): void
}

const linesAtATime = 256

export function createPatterns(source: LineSource, dialect: Dialect, delimiter: number): Patterns {
  const regexes = new Map<Pattern, Regex>()
  const cursors = new Map<Pattern, Cursor>()
  const spanBlocks: Uint32Array[] = []
  /** Those that an `s` has used. */
  const replaced = new Set<Regex>()
  let lastUsed: Pattern | undefined
  return { resolve, forLines, resolveFor, test, cursor, free }

  function resolve(pattern: Pattern): Regex {
    const used = pattern.source === '' ? lastUsed : pattern
    if (used === undefined) {
      throw new ToolError('-e expression #1, char 0: no previous regular expression', 1)
    }
    lastUsed = used
    return compiled(used)
  }

  /** GNU looks at the groups when a pattern that was only looked for is first replaced. */
  function resolveFor(pattern: Pattern, replacement: readonly Piece[]): Regex {
    const regex = resolve(pattern)
    if (replaced.has(regex)) return regex
    replaced.add(regex)
    const highest = highestGroup(replacement)
    if (highest > regex.groups && !dialect.conforms) {
      throw new ToolError(`-e expression #1, char 0: invalid reference \\${highest} on \`s' command's RHS`, 1)
    }
    return regex
  }

  function compiled(pattern: Pattern): Regex {
    const known = regexes.get(pattern)
    if (known !== undefined) return known
    const regex = compilePattern(pattern, dialect, delimiter)
    regexes.set(pattern, regex)
    return regex
  }

  function test(pattern: Pattern, space: Space): boolean {
    const regex = resolve(pattern)
    const known = space.isOriginal ? cursors.get(pattern) : undefined
    return known === undefined ? regex.test(space) : known.nextFrom(space.from) === space.from
  }

  function forLines(pattern: Pattern): Regex | undefined {
    // A pattern that may span lines would be found over the ends of lines.
    const isForOne = pattern.source === '' || pattern.source.includes(String.fromCharCode(delimiter))
    return isForOne ? undefined : compiled(pattern)
  }

  function cursor(pattern: Pattern): Cursor | undefined {
    const regex = forLines(pattern)
    if (regex === undefined) return undefined
    const made = cursors.get(pattern) ?? createCursor(regex)
    cursors.set(pattern, made)
    return made
  }

  function createCursor(regex: Regex): Cursor {
    const spans = wordsAt(allocate(linesAtATime * 8), linesAtATime * 2)
    spanBlocks.push(spans)
    let batch: Buffer | undefined
    let index = 0
    let count = 0
    let lookedFrom = 0
    let lookedTo = 0
    return { nextFrom }

    function nextFrom(at: number): number {
      if (batch !== source.batch || at < lookedFrom) {
        batch = source.batch
        index = count = 0
        lookedTo = at
      }
      while (index > 0 && (spans[index * 2 - 2] ?? 0) >= at) index--
      for (;;) {
        while (index < count && (spans[index * 2] ?? 0) < at) index++
        if (index < count) return spans[index * 2] ?? 0
        if (lookedTo >= batch.length) return batch.length
        lookedFrom = Math.max(lookedTo, at)
        const text = { batch, from: lookedFrom, to: batch.length }
        const result = regex.select(text, { kind: 'list', spans })
        index = 0
        count = result.count
        lookedTo = result.next
      }
    }
  }

  function free(): void {
    for (const regex of regexes.values()) regex.free()
    for (const block of spanBlocks) release(block.byteOffset)
  }
}
