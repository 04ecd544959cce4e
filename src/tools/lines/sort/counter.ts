import type { Pieces } from '../../../base/tool.js'
import { kernel } from '../../../kernel/index.js'

/** Counts in a table what of a batch is not counted yet, as much as the table has room for; says whether that was all. */
export type Counter = (table: number) => boolean

/** Counts whole lines. */
export function lineCounter({ byteOffset, length }: Buffer): Counter {
  const to = byteOffset + length
  let at = byteOffset
  return (table) => {
    at = kernel.countLines(table, at, to) >>> 0
    return at === to
  }
}

/** Counts pieces of lines. */
export function pieceCounter(pieces: Pieces): Counter {
  let list = pieces.next()
  return (table) => {
    for (; list !== undefined; list = pieces.next()) {
      const from = kernel.countPieces(table, list.from, list.to) >>> 0
      if (from === list.to) continue
      list = { ...list, from }
      return false
    }
    return true
  }
}
