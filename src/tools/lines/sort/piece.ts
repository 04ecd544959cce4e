import type { Holdings } from '../../holdings.js'
import type { LineSource } from './merge.js'

/** Sorted lines in memory, in blocks of whole lines. */
export type Piece = readonly Buffer[]

/** Bytes of a block; a longer line has one of its own. */
export const pieceBlock = 256 * 1024

/** Reads a piece. What was read is given back, which `gaveBack` is told of. */
export function readPiece(piece: Piece, holdings: Holdings, gaveBack: () => void): LineSource {
  let next = 0
  return {
    *read() {
      const last = piece[next - 1]
      if (last !== undefined) {
        holdings.release(last.byteOffset)
        gaveBack()
      }
      return piece[next++]
    },
  }
}

export function sizeOf(piece: Piece): number {
  return piece.reduce((sum, { length }) => sum + length, 0)
}
