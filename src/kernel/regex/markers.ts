import { byteSet } from '../byteset.js'
import { allocate, copyIn, exported, release, wordsAt } from '../memory.js'
import { type ByteSet, bytesOf, single } from './byteset.js'
import type { LineResult, LineTarget } from './lines.js'
import type { Text } from './text.js'
import type { Tree } from './tree.js'

// Patterns that are rows of byte sets, for the loops over assembly/markers.ts.

/** One step of all markers; that file says what each does. */
export type Step =
  | { readonly kind: 'anywhere' | 'start' | 'end' }
  | { readonly kind: 'one' | 'optional' | 'any'; readonly set: ByteSet }

interface Loops {
  selectMarkedLines(
    from: number,
    to: number,
    terminator: number,
    sets: number,
    setsEnd: number,
    program: number,
    programEnd: number,
    inverted: boolean,
    out: number,
  ): number
  markedLinesEnd(): number
}

// The boundary to WebAssembly: the build makes both sides.
const loops = exported as unknown as Loops

/** The steps that find the lines a pattern matches; undefined where it is no row of sets, or an automaton is faster. */
export function markerSteps(tree: Tree): readonly Step[] | undefined {
  const steps = alternatives(tree).map(stepsOf)
  const all: Step[] = []
  for (const some of steps) {
    if (some === undefined) return undefined
    all.push(...some)
  }
  return all.length <= mostSteps && setsOf(all).length <= mostSets ? all : undefined
}

function alternatives(tree: Tree): readonly Tree[] {
  if (tree.kind === 'group') return alternatives(tree.part)
  return tree.kind === 'choice' ? tree.parts.flatMap(alternatives) : [tree]
}

/** A row, which begins anywhere or at the line's start. */
function stepsOf(tree: Tree): readonly Step[] | undefined {
  const parts = [...partsOf(tree)]
  const isAtStart = isAssertion(parts[0], 'start')
  if (isAtStart) parts.shift()
  const isAtEnd = isAssertion(parts.at(-1), 'end')
  if (isAtEnd) parts.pop()
  const row: Step[] = []
  for (const part of parts) {
    const steps = stepsOver(part)
    if (steps === undefined) return undefined
    row.push(...steps)
  }
  // What may be nothing is nothing next to anything else.
  if (!isAtStart) while (isOptional(row[0])) row.shift()
  if (!isAtEnd) while (isOptional(row.at(-1))) row.pop()
  return [{ kind: isAtStart ? 'start' : 'anywhere' }, ...row, ...(isAtEnd ? [{ kind: 'end' } as const] : [])]
}

function partsOf(tree: Tree): readonly Tree[] {
  if (tree.kind === 'group') return partsOf(tree.part)
  return tree.kind === 'sequence' ? tree.parts.flatMap(partsOf) : tree.kind === 'empty' ? [] : [tree]
}

function stepsOver(tree: Tree): readonly Step[] | undefined {
  if (tree.kind === 'set') return [{ kind: 'one', set: tree.set }]
  if (tree.kind === 'strings') return stepsOverString(tree)
  if (tree.kind !== 'repeat' || tree.least > mostSteps) return undefined
  const part = withoutGroups(tree.part)
  if (part.kind !== 'set') return undefined
  const { set } = part
  const least = Array.from({ length: tree.least }, (): Step => ({ kind: 'one', set }))
  if (tree.most === Infinity) return [...least, { kind: 'any', set }]
  if (tree.most > mostSteps) return undefined
  return [
    ...least,
    ...Array.from({ length: tree.most - tree.least }, (): Step => ({ kind: 'optional', set })),
  ]
}

function stepsOverString({ strings, ignoreCase }: Tree & { kind: 'strings' }): readonly Step[] | undefined {
  const [string, ...others] = strings
  if (string === undefined || others.length > 0 || string.length > mostSteps) return undefined
  return Array.from(string, (byte) => ({ kind: 'one', set: single(byte, ignoreCase) }))
}

function withoutGroups(tree: Tree): Tree {
  return tree.kind === 'group' ? withoutGroups(tree.part) : tree
}

function isOptional(step: Step | undefined): boolean {
  return step?.kind === 'optional' || step?.kind === 'any'
}

function isAssertion(tree: Tree | undefined, edge: 'start' | 'end'): boolean {
  return (
    tree?.kind === 'assertion' && (tree.assertion === `line-${edge}` || tree.assertion === `text-${edge}`)
  )
}

/** The different sets of steps. */
function setsOf(steps: readonly Step[]): readonly ByteSet[] {
  const sets = new Map<string, ByteSet>()
  for (const step of steps) if ('set' in step) sets.set(String(step.set), step.set)
  return [...sets.values()]
}

const mostSets = 6
const mostSteps = 16

const kinds = { anywhere: 0, start: 1, one: 2, optional: 3, any: 4, end: 5 } as const
const stepWords = 4

/** Steps and their sets in kernel memory, as assembly/markers.ts reads them. */
export interface MarkerProgram {
  /** Where the sets begin and end, then the same of the steps. */
  readonly addresses: readonly [number, number, number, number]
  free(): void
}

export function createMarkerProgram(steps: readonly Step[], terminator: number): MarkerProgram {
  const sets = setsOf(steps)
  const tables = copyIn(Buffer.concat(sets.map((set) => tableOf(set, terminator))))
  const program = wordsAt(allocate(Math.max(1, steps.length) * stepWords * 4), steps.length * stepWords)
  const names = sets.map(String)
  for (const [index, step] of steps.entries()) {
    const set = 'set' in step ? names.indexOf(String(step.set)) : 0
    program.set([kinds[step.kind], set, 0, 0], index * stepWords)
  }
  const tablesEnd = tables.byteOffset + tables.length
  return {
    addresses: [tables.byteOffset, tablesEnd, program.byteOffset, program.byteOffset + program.byteLength],
    free() {
      release(tables.byteOffset)
      release(program.byteOffset)
    },
  }
}

const setKinds = { some: 0, single: 1, nearlyAll: 2 } as const

/** A set without the terminator, which no match holds. */
function tableOf(set: ByteSet, terminator: number): Buffer {
  const bytes = bytesOf(set).filter((byte) => byte !== terminator)
  const [first = 0] = bytes
  const kind = bytes.length === 1 ? 'single' : bytes.length === 255 ? 'nearlyAll' : 'some'
  const table = Buffer.alloc(48)
  byteSet((byte) => byte !== terminator && set[byte] === 1).copy(table)
  table.writeUInt32LE(setKinds[kind], 32)
  table.writeUInt32LE(first, 36)
  return table
}

/** Takes all lines that match, or do not. */
export interface Markers {
  select(text: Text, target: CountOrCopy, invert: boolean): LineResult
  free(): void
}

type CountOrCopy = Exclude<LineTarget, { kind: 'list' }>

export function createMarkers(steps: readonly Step[], terminator: number): Markers {
  // Without steps, a line matches that holds a byte of the only set.
  const isOneSet = steps.length === 2 && steps[0]?.kind === 'anywhere' && steps[1]?.kind === 'one'
  const { addresses, free } = createMarkerProgram(steps, terminator)
  const [sets, setsEnd, program, programEnd] = addresses
  return { select, free }

  function select({ batch, from, to }: Text, target: CountOrCopy, invert: boolean): LineResult {
    const out = target.kind === 'copy' ? target.address : 0
    const base = batch.byteOffset
    const count = loops.selectMarkedLines(
      ...([base + from, base + to, terminator] as const),
      ...([sets, setsEnd, program, isOneSet ? program : programEnd, invert, out] as const),
    )
    return { count: count >>> 0, next: to, written: out === 0 ? 0 : (loops.markedLinesEnd() >>> 0) - out }
  }
}
