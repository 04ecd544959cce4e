import type { Input } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import type { PieceReader, Pieces } from '../../../base/tool.js'
import { allocate, kernel, release, wholeLines, wordsAt } from '../../../kernel/index.js'
import { eachInput } from '../../operands.js'
import { cutPlan, keepsJoints } from './plan.js'
import type { Settings } from './settings.js'

/** Finds what `cut` keeps of each line, where that is one piece; undefined where it may be more. */
export function pieceReader(settings: Settings): PieceReader | undefined {
  const { files, unit, lineEnd, delimiter, ranges } = settings
  if (ranges.length !== 1) return undefined
  if (unit === 'field' && (delimiter === lineEnd || !keepsJoints(settings))) return undefined
  return {
    delimiter: lineEnd,
    *read(io, use) {
      const warn = (message: string): void => io.warn(message, 'cut')
      const lister = new Lister(settings)
      try {
        const fine = yield* eachInput({ ...io, warn }, files, (input) => lister.list(input, use))
        return fine ? 0 : 1
      } finally {
        lister.free()
      }
    },
  }
}

/** Lists the pieces of many lines at a time: few enough that they are still in the cache when they are used. */
class Lister {
  readonly #list = wordsAt(allocate(4 * listWords), listWords)
  readonly #plan: Buffer

  constructor(private readonly settings: Settings) {
    this.#plan = cutPlan(settings)
  }

  *list(input: Input, use: (pieces: Pieces) => Task<void>): Task<void> {
    const lines = wholeLines(input, this.settings.lineEnd)
    for (let batch = yield* lines.read(); batch !== undefined; batch = yield* lines.read())
      yield* use(this.#piecesOf(batch))
  }

  free(): void {
    release(this.#list.byteOffset)
    release(this.#plan.byteOffset)
  }

  #piecesOf({ byteOffset, length }: Buffer): Pieces {
    const { unit, lineEnd } = this.settings
    const keep = unit === 'byte' ? kernel.keepBytes : kernel.keepFields
    const [list, plan] = [this.#list.byteOffset, this.#plan.byteOffset]
    const to = byteOffset + length
    let at = byteOffset
    return {
      size: length,
      next: () => {
        if (at >= to) return undefined
        const listed = kernel.listPieces(at, to, lineEnd, list, list + 4 * fullWords) >>> 0
        at = (this.#list[(listed - list) / 4 - 1] ?? to) + 1
        return { from: list, to: keep(list, listed, plan) >>> 0 }
      },
    }
  }
}

/** Two words for each piece, and room for those that the last sixty-four bytes may have. */
const fullWords = 2 * 1024
const listWords = fullWords + 2 * 65
