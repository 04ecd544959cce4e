import { allocate, copyIn, kernel, release, wordsAt } from '../../../kernel/index.js'
import type { Piece } from './program.js'
import type { Target } from './space.js'

/** A replacement in kernel memory. */
export interface Template {
  /**
   * Writes [from, to) of a batch with `count` matches replaced; a match is its own span and then its groups', as
   * far as the replacement refers to them.
   */
  write(batch: Buffer, from: number, to: number, matches: Uint32Array, count: number, target: Target): void
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
  const literalBytes = pieces.reduce((sum, { literal }) => sum + literal.length, 0)
  return { write, free }

  function write(
    batch: Buffer,
    from: number,
    to: number,
    matches: Uint32Array,
    count: number,
    target: Target,
  ): void {
    // Groups lie within their match.
    const room = (to - from) * (1 + groups.length) + count * literalBytes
    const base = batch.byteOffset
    const written = kernel.replaceMatches(
      base,
      base + from,
      base + to,
      matches.byteOffset,
      count,
      stride,
      parts.byteOffset,
      pieces.length,
      target.reserve(room),
    )
    target.advance(written)
  }

  function free(): void {
    for (const literal of literals) release(literal.byteOffset)
    release(parts.byteOffset)
  }
}
