import { allocate, copyIn, type GrowingBytes, kernel, release, wordsAt } from '../../../kernel/index.js'
import type { Regex, Text } from '../../../kernel/regex/index.js'
import { highestGroup, literalOf, type Substitution } from './program.js'
import { writeReplacement } from './replacement.js'

/** The substitution of one `s` command. */
export interface Substituter {
  /** Writes the text with its matches replaced; false, with nothing written, when there is none to replace. */
  replace(regex: Regex, text: Text, isOneLine: boolean, out: GrowingBytes): boolean
  free(): void
}

const matchesAtATime = 4096

export function createSubstituter(substitution: Substitution): Substituter {
  const { replacement, isGlobal, number } = substitution
  const literal = literalOf(replacement)
  const string = literal === undefined ? undefined : copyIn(literal)
  const spans = wordsAt(allocate(matchesAtATime * 8), matchesAtATime * 2)
  const groups = new Int32Array((highestGroup(replacement) + 1) * 2)
  return { replace, free }

  function replace(regex: Regex, text: Text, isOneLine: boolean, out: GrowingBytes): boolean {
    const walk = regex.matches(text, { isOneLine, onePerLine: !isGlobal, number })
    let at = text.from
    let count = walk(spans)
    if (count === 0) return false
    for (; count > 0; count = walk(spans)) {
      const end = spans[count * 2 - 1] ?? at
      if (string === undefined) replaceOneByOne(regex, text, at, count, out)
      else replaceAll(text, at, end, count, string, out)
      at = end
    }
    out.append(text.batch.subarray(at, text.to))
    return true
  }

  /** Writes [at, end) with the matches that are listed replaced by a string. */
  function replaceAll(
    { batch }: Text,
    at: number,
    end: number,
    count: number,
    by: Buffer,
    out: GrowingBytes,
  ): void {
    const base = batch.byteOffset
    const address = out.reserve(end - at + count * by.length)
    out.advance(
      kernel.replaceSpans(
        base,
        base + at,
        base + end,
        spans.byteOffset,
        count,
        by.byteOffset,
        by.length,
        address,
      ),
    )
  }

  function replaceOneByOne(regex: Regex, text: Text, from: number, count: number, out: GrowingBytes): void {
    const { batch } = text
    let at = from
    for (let index = 0; index < count; index++) {
      const start = spans[index * 2] ?? at
      const end = spans[index * 2 + 1] ?? at
      if (groups.length > 2) regex.exec(text, start, groups)
      else {
        groups[0] = start
        groups[1] = end
      }
      out.append(batch.subarray(at, start))
      writeReplacement(
        replacement,
        (group) => batch.subarray(groups[group * 2] ?? 0, groups[group * 2 + 1] ?? 0),
        (bytes) => out.append(bytes),
      )
      at = end
    }
  }

  function free(): void {
    if (string !== undefined) release(string.byteOffset)
    release(spans.byteOffset)
  }
}
