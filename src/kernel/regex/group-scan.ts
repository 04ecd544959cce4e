import { byteSet } from '../byteset.js'
import { allocate, copyIn, exported, release, wordsAt } from '../memory.js'
import type { ByteSet } from './byteset.js'
import { notFound } from './control.js'
import { isAnything, widthOf } from './shape.js'
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
  | { readonly kind: 'last'; readonly row: readonly ByteSet[] }

/** What stands in a match, one behind another. */
type Item = { readonly kind: 'note'; readonly slot: number } | { readonly kind: 'part'; readonly tree: Tree }

/**
 * The scan for a pattern whose groups take one way through a match: its parts must be of fixed width; or repeat a set,
 * to a byte that is not in it or where all that follows may be anything; or be `.*` before a row of sets that stands in the
 * match where it comes last; or, one of them, have nothing but fixed widths behind it. Undefined for others.
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
  if (isAnything(tree)) return stepToLast(rest)
  const set = tree.kind === 'repeat' && tree.part.kind === 'set' ? tree.part.set : undefined
  if (set === undefined || tree.kind !== 'repeat' || tree.most !== Infinity) return undefined
  return startsBeyond(set, rest) || takesAnything(partsOf(rest)) ? { kind: 'span', set } : undefined
}

/**
 * `.*` takes as much as it can, so the row behind it is the last one: what follows that may be nothing, and goes on to the
 * match's end from there if it does so from an earlier one.
 */
function stepToLast(rest: readonly Item[]): Step | undefined {
  const row: ByteSet[] = []
  const parts = [...partsOf(rest)]
  for (let part = parts[0]; part !== undefined; part = parts[0]) {
    if (part.kind === 'set') row.push(part.set)
    else if (part.kind !== 'repeat' || part.part.kind !== 'set' || row.length + part.least > longestRow) break
    else {
      row.push(...Array<ByteSet>(part.least).fill(part.part.set))
      if (part.most === Infinity) parts[0] = { ...part, least: 0 }
      if (part.most !== part.least) break
    }
    parts.shift()
  }
  const [first, ...others] = parts
  const isRepeated = first !== undefined && others.length === 0 && isOptional(first)
  if (row.length === 0 || row.length > longestRow || !(isRepeated || takesAnything(parts))) return undefined
  return { kind: 'last', row }
}

const longestRow = 16

/** Without notes and a line's end, behind which a match has nothing anyway. */
function partsOf(items: readonly Item[]): readonly Tree[] {
  const parts = items.flatMap((item) => (item.kind === 'note' ? [] : [item.tree]))
  const last = parts.at(-1)
  const isAtEnd =
    last?.kind === 'assertion' && (last.assertion === 'line-end' || last.assertion === 'text-end')
  return isAtEnd ? parts.slice(0, -1) : parts
}

function isOptional(tree: Tree): boolean {
  return tree.kind === 'repeat' && tree.part.kind === 'set' && tree.least === 0 && tree.most === Infinity
}

/** Whether parts match whatever there is, the last of them what the others leave. */
function takesAnything(parts: readonly Tree[]): boolean {
  const last = parts.at(-1)
  return last !== undefined && isAnything(last) && parts.every(isOptional)
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

const stepKinds = { span: 0, leave: 1, note: 2, last: 3 } as const
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
    if (step.kind === 'leave') return step.bytes
    const table = copyIn(step.kind === 'span' ? tableOf(step.set) : rowOf(step.row))
    tables.push(table)
    return table.byteOffset
  }
}

function tableOf(set: ByteSet): Buffer {
  return byteSet((byte) => set[byte] === 1)
}

function rowOf(row: readonly ByteSet[]): Buffer {
  const head = Buffer.alloc(16)
  head.writeUInt32LE(row.length)
  return Buffer.concat([head, ...row.map(tableOf)])
}
