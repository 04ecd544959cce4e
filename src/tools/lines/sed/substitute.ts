import { allocate, bytesAt, kernel, release, wordsAt } from '../../../kernel/index.js'
import type { Regex, Text } from '../../../kernel/regex/index.js'
import { changesLetters, highestGroup, type Substitution } from './program.js'
import { writeReplacement } from './replacement.js'
import type { MatchFilter } from './selected.js'
import type { Target } from './space.js'
import { createTemplate, type Template } from './template.js'

/** The substitution of one `s` command. */
export interface Substituter {
  /**
   * Writes the text with its matches replaced; false, with nothing written, when there is none to replace. The
   * text is one line, whatever it holds, or whole lines, where those matches count that `filter` keeps.
   */
  replace(regex: Regex, text: Text, isOneLine: boolean, target: Target, filter?: MatchFilter): boolean
  /** Lists the first matches in whole lines at `matches`, with their groups; returns how many. */
  list(regex: Regex, text: Text): number
  /** Pairs of offsets into the batch, `groupCount` for each match. */
  readonly matches: Uint32Array
  readonly groupCount: number
  /** Undefined for a replacement that changes letters. */
  readonly template: Template | undefined
  free(): void
}

export const matchesAtATime = 1024

export function createSubstituter(substitution: Substitution, delimiter: number): Substituter {
  const { replacement, isGlobal, number } = substitution
  const groupCount = highestGroup(replacement) + 1
  const template = changesLetters(replacement) ? undefined : createTemplate(replacement)
  const spans = wordsAt(allocate(matchesAtATime * 8), matchesAtATime * 2)
  const groupSpans =
    groupCount === 1
      ? spans
      : wordsAt(allocate(matchesAtATime * groupCount * 8), matchesAtATime * groupCount * 2)
  const groupSpansAddress = groupSpans.byteOffset
  const groups = new Int32Array(groupCount * 2)
  const inLines = { onePerLine: !isGlobal, number }
  const inOneLine = { ...inLines, isOneLine: true }
  return { replace, list, matches: groupSpans, groupCount, template, free }

  function list(regex: Regex, text: Text): number {
    const count = regex.matches(text, inLines)(spans)
    if (count > 0 && groupCount > 1) findGroups(regex, text, false, count)
    return count
  }

  function replace(
    regex: Regex,
    text: Text,
    isOneLine: boolean,
    target: Target,
    filter?: MatchFilter,
  ): boolean {
    const walk = regex.matches(text, isOneLine ? inOneLine : inLines)
    filter?.begin(text)
    const base = text.batch.byteOffset
    let at = text.from
    let isReplaced = false
    for (let found = walk(spans); found > 0; found = walk(spans)) {
      const count = filter === undefined ? found : filter.keep(spans, found)
      if (count === 0) continue
      isReplaced = true
      const end = spans[count * 2 - 1] ?? at
      if (groupCount > 1) findGroups(regex, text, isOneLine, count)
      if (template === undefined) writeOneByOne(text, base, at, count, target)
      else template.write(base, at, end, groupSpansAddress, count, target)
      at = end
    }
    if (isReplaced) copy(base, at, text.to, target)
    return isReplaced
  }

  /** Fills in the groups of the matches that are listed. */
  function findGroups(regex: Regex, text: Text, isOneLine: boolean, count: number): void {
    const { batch } = text
    if (regex.fillGroups(batch, spans, count, groupSpans, groups.length)) return
    const base = batch.byteOffset
    let line = isOneLine ? text : undefined
    for (let index = 0; index < count; index++) {
      const start = spans[index * 2] ?? 0
      if (line === undefined || start > line.to) {
        const from = (kernel.findLastByte(base + text.from, base + start, delimiter) >>> 0) + 1 - base
        const to = (kernel.findByte(base + start, base + text.to, delimiter) >>> 0) - base
        line = { batch, from, to }
      }
      regex.exec(line, start, groups)
      groupSpans.set(groups, index * groups.length)
    }
  }

  function writeOneByOne({ batch }: Text, base: number, from: number, count: number, target: Target): void {
    let at = from
    for (let index = 0; index < count; index++) {
      const match = groupSpans.subarray(index * groups.length)
      copy(base, at, match[0] ?? at, target)
      writeReplacement(
        replacement,
        (group) => batch.subarray((match[group * 2] ?? 0) | 0, (match[group * 2 + 1] ?? 0) | 0),
        (bytes) => {
          bytesAt(target.reserve(bytes.length), bytes.length).set(bytes)
          target.advance(bytes.length)
        },
      )
      at = match[1] ?? at
    }
  }

  function free(): void {
    template?.free()
    release(spans.byteOffset)
    if (groupSpans !== spans) release(groupSpansAddress)
  }
}

function copy(base: number, from: number, to: number, target: Target): void {
  kernel.copyBytes(base + from, base + to, target.reserve(to - from))
  target.advance(to - from)
}
