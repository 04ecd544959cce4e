import type { RegexWarning } from './error.js'
import type { Text } from './text.js'
import type { MatchOptions, MatchWalk } from './matches.js'
import type { LineOptions, LineResult, LineTarget } from './lines.js'
import type { Syntax } from './syntax.js'

export interface RegexOptions {
  /** How patterns are read: one of `syntaxes`, or `fixed` for strings (`grep -F`). */
  readonly syntax: Syntax | 'fixed'
  readonly ignoreCase?: boolean
  /** sed's M flag: `^` and `$` match at newlines too, `.` and `[^a]` do not match them. */
  readonly multiline?: boolean
  /** `\n` in a pattern is a newline. */
  readonly newlineEscape?: boolean
  /** What must match: `line` is `grep -x`, `word` is `grep -w`. */
  readonly whole?: 'line' | 'word'
  /** The byte that ends a line, for `select`: newline unless given. */
  readonly terminator?: number
  /** Bytes of transitions an automaton keeps. */
  readonly cacheLimit?: number
}

/** A compiled set of patterns. Offsets are into batches, which lie in kernel memory. */
export interface Regex {
  /** Groups of the pattern; 0 when there are several patterns. */
  readonly groups: number
  /** What GNU grep warns about. */
  readonly warnings: readonly RegexWarning[]
  /** Counts, lists or copies the lines that match, in one call for many lines. */
  select(text: Text, target: LineTarget, options?: LineOptions): LineResult
  /**
   * Finds the leftmost-longest match that begins at `at` or later; what stands before `at` is looked at but not
   * matched. Fills `spans` with offsets: the match's start and end, then each group's, as far as there is room;
   * -1 for a group that took no part.
   */
  exec(text: Text, at: number, spans: Int32Array): boolean
  /** Whether any part of the text matches. */
  test(text: Text): boolean
  /** Lists the matches that do not overlap, line by line, in one call for many lines. */
  matches(text: Text, options?: MatchOptions): MatchWalk
  /**
   * The address of the control block with which assembly/matches.ts lists the matches of a text that is one line; undefined
   * where they are found in another way. Transitions that it misses are built by `matches` on the same text.
   */
  textLoop(): number | undefined
  /**
   * Writes `count` matches of `spans`, a start and an end each, to `groups` with their groups' spans behind each, as many
   * as `stride` words have room for; both lie in kernel memory. False, with nothing written, where the groups take
   * `exec`, match by match.
   */
  fillGroups(batch: Buffer, spans: Uint32Array, count: number, groups: Uint32Array, stride: number): boolean
  /** Gives the tables back. */
  free(): void
}
