import { allocate, copyIn, kernel, release, wordsAt } from '../../../kernel/index.js'
import type { Piece } from './program.js'
import type { Target } from './space.js'

/** A replacement in kernel memory. */
export interface Template {
  /**
   * Writes [from, to) of the batch at `base` with `count` matches replaced; a match is its own span and then its
   * groups', as far as the replacement refers to them.
   */
  write(base: number, from: number, to: number, matches: number, count: number, target: Target): void
  /** The address of its parts, and how many there are. */
  readonly parts: number
  readonly partCount: number
  /** Bytes that are the same for each match, and how often groups are copied. */
  readonly literalBytes: number
  readonly groupUses: number
  free(): void
}

/** Words of a part, as assembly/splice.ts has them. */
const partWords = 3
const noGroup = 0xffffffff

export function createTemplate(pieces: readonly Piece[]): Template {
  const literals = pieces.map(({ literal }) => copyIn(literal))
  const parts = wordsAt(allocate(Math.max(pieces.length, 1) * partWords * 4), pieces.length * partWords)
  for (const [index, { group }] of pieces.entries()) {
    const { byteOffset = 0, length = 0 } = literals[index] ?? {}
    parts.set([byteOffset, length, group ?? noGroup], index * partWords)
  }
  const groups = pieces.flatMap(({ group }) => group ?? [])
  const stride = (Math.max(0, ...groups) + 1) * 8
  const partsAddress = parts.byteOffset
  const literalBytes = pieces.reduce((sum, { literal }) => sum + literal.length, 0)
  const [partCount, groupUses] = [pieces.length, groups.length]
  return { write, parts: partsAddress, partCount, literalBytes, groupUses, free }

  function write(
    base: number,
    from: number,
    to: number,
    matches: number,
    count: number,
    target: Target,
  ): void {
    // Groups lie within their match.
    const room = (to - from) * (1 + groupUses) + count * literalBytes
    const written = kernel.replaceMatches(
      base,
      base + from,
      base + to,
      matches,
      count,
      stride,
      partsAddress,
      partCount,
      target.reserve(room),
    )
    target.advance(written)
  }

  function free(): void {
    for (const literal of literals) release(literal.byteOffset)
    release(partsAddress)
  }
}
