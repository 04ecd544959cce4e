import { byteSet } from '../byteset.js'
import { copyIn, exported, release } from '../memory.js'
import type { ByteSet } from './byteset.js'
import type { MatchLister, MatchOptions, MatchWalk } from './matches.js'
import type { Shape } from './shape.js'
import type { Text } from './text.js'
import type { Tree } from './tree.js'

/** Matches that are one byte of a set, or go on from it to the line's end. */
export interface SetMatches {
  readonly set: ByteSet
  readonly isOpenEnded: boolean
}

interface Loops {
  listSetMatches(
    batch: number,
    from: number,
    to: number,
    terminator: number,
    set: number,
    which: number,
    out: number,
    outEnd: number,
  ): number
  setMatchesEnd(): number
}

// The boundary to WebAssembly: the build makes both sides.
const loops = exported as unknown as Loops

/** Whether a pattern's matches are such: `[,;]`, `#.*`. */
export function setMatchesOf({ tree, isOpenEnded, width }: Shape): SetMatches | undefined {
  if (width !== 1) return undefined
  const first = withoutGroups(isOpenEnded && tree.kind === 'sequence' ? tree.parts[0] : tree)
  return first?.kind === 'set' ? { set: first.set, isOpenEnded } : undefined
}

function withoutGroups(tree: Tree | undefined): Tree | undefined {
  return tree?.kind === 'group' ? withoutGroups(tree.part) : tree
}

const which = { all: 0, first: 1, rest: 2 } as const

/** Lists them in whole lines, from the first of each line on, and leaves the rest to `other`. */
export function createSetLister(
  { set, isOpenEnded }: SetMatches,
  terminator: number,
  other: () => MatchLister,
): MatchLister {
  const table = copyIn(byteSet((byte) => byte !== terminator && set[byte] === 1))
  let lister: MatchLister | undefined
  return { walk, free }

  function walk(text: Text, options: MatchOptions): MatchWalk {
    const { isOneLine = false, onePerLine = false, number = 1 } = options
    if (isOneLine || number !== 1) return (lister ??= other()).walk(text, options)
    const { byteOffset } = text.batch
    const to = byteOffset + text.to
    const wanted = isOpenEnded ? which.rest : onePerLine ? which.first : which.all
    let at = byteOffset + text.from
    return (spans) => {
      const out = spans.byteOffset
      at =
        loops.listSetMatches(
          ...([byteOffset, at, to, terminator] as const),
          ...([table.byteOffset, wanted, out, out + spans.byteLength] as const),
        ) >>> 0
      return ((loops.setMatchesEnd() >>> 0) - out) / 8
    }
  }

  function free(): void {
    lister?.free()
    release(table.byteOffset)
  }
}
