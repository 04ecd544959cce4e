import { allocate, bytesAt } from '../../../kernel/index.js'

/** What makes two adjacent lines the same, and what is written of them. */
export interface Grouping {
  readonly lineEnd: number
  readonly key: Key
  /** Lines that no other follows or precedes with the same key. */
  readonly showsUnique: boolean
  /** One line of each group of more: the last where the rest is shown too, else the first. */
  readonly showsRepeated: boolean
  /** The lines of such a group before its last. */
  readonly showsRest: boolean
  readonly counts: boolean
  /** Every line is written; empty lines part the groups. */
  readonly showsAll: boolean
  readonly separator: 'none' | 'before all' | 'between'
  /** An empty line ends the output, if there is any. */
  readonly endsSeparated: boolean
}

/** The part of a line that is compared. */
export interface Key {
  readonly skipFields: bigint
  readonly skipBytes: bigint
  readonly checkBytes: bigint | undefined
  readonly ignoreCase: boolean
}

/** The plan of the kernel `groupLines`, in kernel memory that the caller releases. */
export function groupingPlan({ lineEnd, key, ...grouping }: Grouping): Buffer {
  const words = [
    lineEnd,
    clamp(key.skipFields),
    clamp(key.skipBytes),
    clamp(key.checkBytes ?? longest),
    Number(key.ignoreCase),
    Number(isWholeLine(key)),
    shown(grouping),
    Number(grouping.counts),
    ['none', 'before all', 'between'].indexOf(grouping.separator),
  ]
  const plan = bytesAt(allocate(layout.size), layout.size).fill(0)
  for (const [index, word] of words.entries()) plan.writeUInt32LE(word, index * 4)
  return plan
}

/** Whether lines are the same only when all their bytes are. */
export function isWholeLine({ skipFields, skipBytes, checkBytes, ignoreCase }: Key): boolean {
  return skipFields === 0n && skipBytes === 0n && checkBytes === undefined && !ignoreCase
}

/** Where the plan holds what goes on from call to call; see src/kernel/assembly/group.ts. */
export const layout = { held: 36, heldEnd: 40, written: 44, groupSize: 48, size: 64 }

function shown({ showsUnique, showsRepeated, showsRest, showsAll, counts }: Shown): number {
  if (showsAll) return 16
  if (showsUnique && showsRepeated && !showsRest && !counts) return 8
  return Number(showsUnique) + 2 * Number(showsRepeated) + 4 * Number(showsRest)
}

type Shown = Pick<Grouping, 'showsUnique' | 'showsRepeated' | 'showsRest' | 'showsAll' | 'counts'>

const longest = 0xffffffffn

function clamp(count: bigint): number {
  return Number(count < longest ? count : longest)
}
