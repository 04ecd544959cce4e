import { byteSet } from '../byteset.js'
import { allocate, copyIn, exported, release, wordsAt } from '../memory.js'
import type { ByteSet } from './byteset.js'
import { notFound } from './control.js'
import { widthOf } from './shape.js'
import type { Tree } from './tree.js'

/** Fills in the groups of matches, for patterns whose groups can be told from left to right. */
export interface GroupScan {
  /** As `fillGroups` of `Regex`. */
  fill(batch: Buffer, spans: Uint32Array, count: number, groups: Uint32Array, stride: number): void
  free(): void
}

interface Loops {
  scanGroups(
    batch: number,
    spans: number,
    count: number,
    program: number,
    programEnd: number,
    out: number,
    stride: number,
  ): void
}

// The boundary to WebAssembly: the build makes both sides.
const loops = exported as unknown as Loops

/** One step through a match; assembly/group-scan.ts takes them. */
type Step =
  | { readonly kind: 'skip'; readonly bytes: number }
  | { readonly kind: 'span'; readonly set: ByteSet }
  | { readonly kind: 'leave'; readonly bytes: number }
  | { readonly kind: 'note'; readonly slot: number }

/** What stands in a match, one behind another. */
type Item = { readonly kind: 'note'; readonly slot: number } | { readonly kind: 'part'; readonly tree: Tree }

/**
 * The scan for a pattern. Its parts must be of fixed width, or repeat a set to a byte that is not in it, or, one of them,
 * have nothing but fixed widths behind it: then there is only one way through a match. Undefined for others.
 */
export function createGroupScan(tree: Tree): GroupScan | undefined {
  const items = itemsOf(tree)
  const steps = items && stepsThrough(items)
  return steps && write(steps)
}

/** A pattern in a row; undefined where a group may be passed not once. */
function itemsOf(tree: Tree): readonly Item[] | undefined {
  if (tree.kind === 'group') {
    const inner = itemsOf(tree.part)
    if (inner === undefined) return undefined
    const slot = tree.index * 2
    return [{ kind: 'note', slot }, ...inner, { kind: 'note', slot: slot + 1 }]
  }
  if (tree.kind !== 'sequence') return hasGroup(tree) ? undefined : [{ kind: 'part', tree }]
  const items: Item[] = []
  for (const part of tree.parts) {
    const inner = itemsOf(part)
    if (inner === undefined) return undefined
    items.push(...inner)
  }
  return items
}

function hasGroup(tree: Tree): boolean {
  if (tree.kind === 'group') return true
  if (tree.kind === 'repeat') return hasGroup(tree.part)
  return (tree.kind === 'sequence' || tree.kind === 'choice') && tree.parts.some(hasGroup)
}

function stepsThrough(items: readonly Item[]): readonly Step[] | undefined {
  const steps: Step[] = []
  for (const [index, item] of items.entries()) {
    const step = item.kind === 'note' ? item : stepThrough(item.tree, items.slice(index + 1))
    if (step === undefined) return undefined
    steps.push(step)
  }
  return steps
}

function stepThrough(tree: Tree, rest: readonly Item[]): Step | undefined {
  const width = widthOf(tree)
  if (width !== undefined) return { kind: 'skip', bytes: width }
  const widths = rest.map((item) => (item.kind === 'note' ? 0 : widthOf(item.tree)))
  if (widths.every((each) => each !== undefined))
    return { kind: 'leave', bytes: widths.reduce((sum, each) => sum + each, 0) }
  const set = tree.kind === 'repeat' && tree.part.kind === 'set' ? tree.part.set : undefined
  if (set === undefined || tree.kind !== 'repeat' || tree.most !== Infinity) return undefined
  return startsBeyond(set, rest) ? { kind: 'span', set } : undefined
}

/** Whether what follows begins with a byte that is not in the set, or is the end. */
function startsBeyond(set: ByteSet, rest: readonly Item[]): boolean {
  for (const item of rest) {
    if (item.kind === 'note' || item.tree.kind === 'assertion' || item.tree.kind === 'empty') continue
    const { tree } = item
    const [first, mayBeEmpty] = tree.kind === 'repeat' ? [tree.part, tree.least === 0] : [tree, false]
    if (first.kind !== 'set' || first.set.some((flag, byte) => flag === 1 && set[byte] === 1)) return false
    if (!mayBeEmpty) return true
  }
  return true
}

const stepKinds = { span: 0, leave: 1, note: 2 } as const
const stepWords = 3

function write(steps: readonly Step[]): GroupScan {
  const tables: Buffer[] = []
  const words: number[] = []
  let skipped = 0
  for (const step of steps) {
    if (step.kind === 'skip') skipped += step.bytes
    else {
      words.push(skipped, stepKinds[step.kind], numberOf(step))
      skipped = 0
    }
  }
  const program = wordsAt(allocate(Math.max(words.length, stepWords) * 4), words.length)
  program.set(words)
  const slots = 2 + steps.filter(({ kind }) => kind === 'note').length
  return {
    fill({ byteOffset }, spans, count, groups, stride) {
      // Groups that the pattern does not have are asked for as well.
      if (stride > slots) groups.fill(notFound, 0, count * stride)
      loops.scanGroups(
        ...([byteOffset, spans.byteOffset, count] as const),
        ...([program.byteOffset, program.byteOffset + program.byteLength] as const),
        ...([groups.byteOffset, stride * 4] as const),
      )
    },
    free() {
      for (const table of tables) release(table.byteOffset)
      release(program.byteOffset)
    },
  }

  function numberOf(step: Exclude<Step, { kind: 'skip' }>): number {
    if (step.kind === 'note') return step.slot
    if (step.kind !== 'span') return step.bytes
    const table = copyIn(byteSet((byte) => step.set[byte] === 1))
    tables.push(table)
    return table.byteOffset
  }
}
