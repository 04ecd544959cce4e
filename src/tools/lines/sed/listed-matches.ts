import { allocate, kernel, release } from '../../../kernel/index.js'
import { PatternWord, SubstitutionWord } from './layout.js'
import type { LineSource } from './lines.js'
import { Listed } from './listed.js'
import type { Patterns } from './patterns.js'
import { highestGroup, type Substitution } from './program.js'
import type { Settings } from './settings.js'
import { createSubstituter, matchesAtATime } from './substitute.js'

/** The matches of an `s` in kernel memory. */
export interface ListedMatches {
  readonly listed: Listed
  /** Looks at some lines of the source's batch from `at` on; false when not even one line's matches can be listed. */
  list(source: LineSource, at: number): boolean
  /** Lets the kernel list matches in other texts, from now on. */
  useLoop(): void
  free(): void
}

/** Matches of one text that is not in the list. */
const roomBytes = 256 * 8

/** Undefined for an `s` that the kernel cannot do. */
export function createListedMatches(
  substitution: Substitution,
  { dialect, delimiter }: Pick<Settings, 'dialect' | 'delimiter'>,
  patterns: Patterns,
): ListedMatches | undefined {
  const { pattern, replacement, number, isGlobal, prints, path } = substitution
  if (pattern.source === '' || path !== undefined) return undefined
  const regex = patterns.compiled(pattern)
  // The mistake is one when the command runs.
  if (highestGroup(replacement) > regex.groups && !dialect.conforms) return undefined
  const substituter = createSubstituter(substitution, delimiter)
  const { template, matches, groupCount } = substituter
  if (template === undefined) {
    substituter.free()
    return undefined
  }
  const isListed = patterns.forLines(pattern) !== undefined
  const room = allocate(roomBytes)
  const listed = new Listed(allocate(SubstitutionWord.words * 4), SubstitutionWord.words, delimiter)
  const { words } = listed
  words.fill(0)
  words[PatternWord.id] = patterns.numberOf(pattern)
  words[PatternWord.isListed] = isListed ? 1 : 0
  words[PatternWord.spans] = matches.byteOffset
  words[SubstitutionWord.stride] = groupCount * 8
  words[SubstitutionWord.parts] = template.parts
  words[SubstitutionWord.partCount] = template.partCount
  words[SubstitutionWord.literalBytes] = template.literalBytes
  words[SubstitutionWord.groupUses] = template.groupUses
  words[SubstitutionWord.which] = number
  words[SubstitutionWord.isGlobal] = isGlobal ? 1 : 0
  words[SubstitutionWord.prints] = prints ? 1 : 0
  patterns.onReplaced(pattern, () => words[SubstitutionWord.wasUsed] === 1)
  words[SubstitutionWord.room] = room
  words[SubstitutionWord.roomEnd] = room + roomBytes
  return { listed, list, useLoop, free }

  function list(source: LineSource, at: number): boolean {
    const text = listed.linesFrom(source, at)
    const count = substituter.list(regex, text)
    const to = count < matchesAtATime ? text.to : startOfLast(source, count)
    // So many matches in one line.
    if (to <= at) return false
    listed.set(count, at, to)
    return true
  }

  /** Where the line begins whose matches were perhaps not all listed. */
  function startOfLast({ base }: LineSource, count: number): number {
    const start = base + (matches[(count - 1) * groupCount * 2] ?? 0)
    return (kernel.findLastByte(base, start, delimiter) >>> 0) + 1 - base
  }

  function useLoop(): void {
    if (groupCount === 1) words[PatternWord.loop] = regex.textLoop() ?? 0
  }

  function free(): void {
    substituter.free()
    release(room)
    release(listed.address)
  }
}
