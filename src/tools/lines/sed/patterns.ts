import { ToolError } from '../../../base/error.js'
import { allocate, release, wordsAt } from '../../../kernel/index.js'
import type { Regex, Text } from '../../../kernel/regex/index.js'
import type { Dialect } from './dialect.js'
import { noPattern, PatternWord } from './layout.js'
import type { LineSource } from './lines.js'
import { Listed } from './listed.js'
import { compilePattern } from './pattern.js'
import { highestGroup, type Pattern, type Piece } from './program.js'

/** The lines of a batch that match a pattern, found many at a time. */
export interface Cursor {
  /**
   * Where the first line at or behind `at` begins that matches; the batch's length when there is none. Going
   * forward is cheap.
   */
  nextFrom(at: number): number
}

/** The patterns of a script, compiled, and in kernel memory. */
export interface Patterns {
  /** The number of the one last used; `noPattern` for none. */
  lastUsed: number
  /** The number of a pattern; `noPattern` for the empty one. */
  numberOf(pattern: Pattern): number
  /** The address of a pattern, as the kernel reads it. */
  addressOf(pattern: Pattern): number
  /** A pattern that is not the empty one. */
  compiled(pattern: Pattern): Regex
  /** What a pattern stands for; the empty one for the one last used. */
  resolve(pattern: Pattern): Regex
  /** For a pattern that can be looked for in many lines at once, which does not make it the one last used. */
  forLines(pattern: Pattern): Regex | undefined
  /** What `resolve` gives, for an `s`. Throws `ToolError` when the replacement refers to groups that there are not. */
  resolveFor(pattern: Pattern, replacement: readonly Piece[]): Regex
  /** Lets `wasReplaced` tell whether an `s` has used a pattern. */
  onReplaced(pattern: Pattern, wasReplaced: () => boolean): void
  /** Whether a text matches the pattern at an address. */
  test(address: number, text: Text): boolean
  /** Looks at some lines of the source's batch from `at` on, for the pattern at an address. */
  listLines(address: number, at: number): void
  /** Undefined for a pattern that cannot be looked for in a whole batch. */
  cursor(pattern: Pattern): Cursor | undefined
  /** The source has another batch. */
  beginBatch(): void
  free(): void
}

/** A pattern in kernel memory. */
interface Entry {
  readonly pattern: Pattern
  readonly listed: Listed
  readonly spans: Uint32Array
}

const linesAtATime = 256

export function createPatterns(source: LineSource, dialect: Dialect, delimiter: number): Patterns {
  /** By their numbers. */
  const used: Pattern[] = []
  const regexes = new Map<Pattern, Regex>()
  const entries = new Map<Pattern, Entry>()
  /** Those that an `s` has used, and those that the kernel knows of. */
  const replaced = new Set<Regex>()
  const mayBeReplaced = new Map<Regex, () => boolean>()
  const patterns: Patterns = {
    lastUsed: noPattern,
    numberOf,
    addressOf: (pattern) => entryOf(pattern).listed.address,
    compiled,
    resolve,
    forLines,
    resolveFor,
    onReplaced: (pattern, wasReplaced) => mayBeReplaced.set(compiled(pattern), wasReplaced),
    test,
    listLines: (address, at) => list(entryAt(address), at, true),
    cursor,
    beginBatch() {
      for (const { listed } of entries.values()) listed.keepFor(source.batch)
    },
    free,
  }
  return patterns

  function numberOf(pattern: Pattern): number {
    if (pattern.source === '') return noPattern
    const known = used.indexOf(pattern)
    return known < 0 ? used.push(pattern) - 1 : known
  }

  function entryOf(pattern: Pattern): Entry {
    const known = entries.get(pattern)
    if (known !== undefined) return known
    const listed = new Listed(allocate(PatternWord.words * 4), PatternWord.words, delimiter)
    const spans = wordsAt(allocate(linesAtATime * 8), linesAtATime * 2)
    listed.words.fill(0)
    listed.words[PatternWord.id] = numberOf(pattern)
    listed.words[PatternWord.isListed] = forLines(pattern) === undefined ? 0 : 1
    listed.words[PatternWord.spans] = spans.byteOffset
    const entry = { pattern, listed, spans }
    entries.set(pattern, entry)
    return entry
  }

  function entryAt(address: number): Entry {
    for (const entry of entries.values()) if (entry.listed.address === address) return entry
    throw new Error('no such pattern')
  }

  function resolve(pattern: Pattern): Regex {
    const number = pattern.source === '' ? patterns.lastUsed : numberOf(pattern)
    const resolved = used[number]
    if (resolved === undefined) {
      throw new ToolError('-e expression #1, char 0: no previous regular expression', 1)
    }
    patterns.lastUsed = number
    return compiled(resolved)
  }

  /** GNU looks at the groups when a pattern that was only looked for is first replaced. */
  function resolveFor(pattern: Pattern, replacement: readonly Piece[]): Regex {
    const regex = resolve(pattern)
    if (replaced.has(regex) || mayBeReplaced.get(regex)?.() === true) return regex
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

  function test(address: number, text: Text): boolean {
    const { pattern, listed } = entryAt(address)
    const regex = resolve(pattern)
    // The loop's own automaton: what it misses is built so that the kernel need not ask again.
    listed.words[PatternWord.loop] = pattern.source === '' ? 0 : (regex.textLoop() ?? 0)
    if (regex.textLoop() === undefined) return regex.test(text)
    return regex.matches(text, { isOneLine: true, onePerLine: true })(oneMatch) > 0
  }

  function forLines(pattern: Pattern): Regex | undefined {
    // A pattern that may span lines would be found over the ends of lines.
    const isForOne = pattern.source === '' || pattern.source.includes(String.fromCharCode(delimiter))
    return isForOne ? undefined : compiled(pattern)
  }

  function cursor(pattern: Pattern): Cursor | undefined {
    if (forLines(pattern) === undefined) return undefined
    const entry = entryOf(pattern)
    const { listed, spans } = entry
    const { words } = listed
    return { nextFrom }

    function nextFrom(at: number): number {
      const { batch } = source
      listed.keepFor(batch)
      if (at < listed.lookedFrom) listed.set(0, at, at)
      let index = words[PatternWord.index] ?? 0
      while (index > 0 && (spans[index * 2 - 2] ?? 0) >= at) index--
      for (;;) {
        const count = words[PatternWord.count] ?? 0
        while (index < count && (spans[index * 2] ?? 0) < at) index++
        words[PatternWord.index] = index
        if (index < count) return spans[index * 2] ?? 0
        if (listed.lookedTo >= batch.length) return batch.length
        list(entry, Math.max(listed.lookedTo, at), false)
        index = 0
      }
    }
  }

  /** Lists the first lines that match from `at` on, of those worth a look or of all. */
  function list({ pattern, listed, spans }: Entry, at: number, isNear: boolean): void {
    listed.keepFor(source.batch)
    const { batch } = source
    const text = isNear ? listed.linesFrom(source, at) : { batch, from: at, to: batch.length }
    const { count, next } = compiled(pattern).select(text, { kind: 'list', spans })
    listed.set(count, at, next)
  }

  function free(): void {
    for (const regex of regexes.values()) regex.free()
    for (const { listed, spans } of entries.values()) {
      release(listed.address)
      release(spans.byteOffset)
    }
  }
}

const oneMatch = wordsAt(allocate(8), 2)
