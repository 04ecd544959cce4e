import { byteSet } from '../byteset.js'
import { copyIn, exported, release } from '../memory.js'
import type { ByteSet } from './byteset.js'
import { complement } from './byteset.js'
import type { LineOptions, LineResult, LineTarget, Selector } from './select.js'
import type { Text } from './text.js'
import type { Tree } from './tree.js'

/** A pattern that asks of a line only whether it holds a byte of a set: matches do, or with `isAbsent` do not. */
export interface Membership {
  readonly set: ByteSet
  readonly isAbsent: boolean
}

interface Loops {
  selectMemberLines(
    from: number,
    to: number,
    terminator: number,
    set: number,
    inverted: boolean,
    out: number,
  ): number
  memberLinesEnd(): number
}

// The boundary to WebAssembly: the build makes both sides.
const loops = exported as unknown as Loops

/** The membership that a pattern asks for, if that is all: `[0-9]`, `x.*`, `^[a-z]*$`. */
export function membershipOf(tree: Tree): Membership | undefined {
  const set = heldBy(tree)
  if (set !== undefined) return { set, isAbsent: false }
  const only = onlyOf(tree)
  return only && { set: complement(only), isAbsent: true }
}

/** The set of which every line that matches holds a byte, where nothing else is asked of it. */
function heldBy(tree: Tree): ByteSet | undefined {
  switch (tree.kind) {
    case 'set':
      return tree.set
    case 'group':
      return heldBy(tree.part)
    case 'repeat':
      return tree.least === 1 ? heldBy(tree.part) : undefined
    case 'sequence': {
      const [part, ...others] = tree.parts.filter((each) => !mayBeEmpty(each))
      return part === undefined || others.length > 0 ? undefined : heldBy(part)
    }
    default:
      return undefined
  }
}

/** Whether the empty text matches, wherever it stands. */
function mayBeEmpty(tree: Tree): boolean {
  if (tree.kind === 'group') return mayBeEmpty(tree.part)
  return tree.kind === 'empty' || (tree.kind === 'repeat' && tree.least === 0)
}

/** The set that a line which matches is made of, where it may be empty. */
function onlyOf(tree: Tree): ByteSet | undefined {
  if (tree.kind !== 'sequence') return undefined
  const [first, ...inner] = tree.parts
  const last = inner.pop()
  if (!isAssertion(first, 'start') || !isAssertion(last, 'end')) return undefined
  const [repeat, ...others] = inner
  if (repeat === undefined) return new Uint8Array(256)
  const isAny = repeat.kind === 'repeat' && repeat.least === 0 && repeat.most === Infinity
  return isAny && others.length === 0 && repeat.part.kind === 'set' ? repeat.part.set : undefined
}

function isAssertion(tree: Tree | undefined, edge: 'start' | 'end'): boolean {
  return (
    tree?.kind === 'assertion' && (tree.assertion === `line-${edge}` || tree.assertion === `text-${edge}`)
  )
}

/** Selects by membership where all lines are wanted, and leaves the rest to `other`. */
export function createMemberSelector(
  { set, isAbsent }: Membership,
  terminator: number,
  other: () => Selector,
): Selector {
  const table = copyIn(byteSet((byte) => byte !== terminator && set[byte] === 1))
  let selector: Selector | undefined
  return { select, free }

  function select(text: Text, target: LineTarget, options: LineOptions): LineResult {
    const { invert = false, limit = Infinity } = options
    if (target.kind === 'list' || limit !== Infinity)
      return (selector ??= other()).select(text, target, options)
    const { batch, from, to } = text
    const out = target.kind === 'copy' ? target.address : 0
    const base = batch.byteOffset
    const isInverted = isAbsent !== invert
    const count = loops.selectMemberLines(
      ...([base + from, base + to, terminator, table.byteOffset, isInverted, out] as const),
    )
    return { count: count >>> 0, next: to, written: out === 0 ? 0 : (loops.memberLinesEnd() >>> 0) - out }
  }

  function free(): void {
    selector?.free()
    release(table.byteOffset)
  }
}
