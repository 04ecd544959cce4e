import type { ByteSet } from './byteset.js'
import { wordBytes } from './byteset.js'
import type { Nfa } from './nfa.js'
import type { Assertion } from './tree.js'

/** What stands on one side of a position, as far as assertions care. */
export const Context = { edge: 0, newline: 1, word: 2, other: 3 } as const
export type Context = (typeof Context)[keyof typeof Context]
export const contexts: readonly Context[] = [0, 1, 2, 3]

/** Whether the assertion holds between two contexts. `multiline`: `^` and `$` also match at newlines. */
export function holds(assertion: Assertion, before: Context, after: Context, multiline: boolean): boolean {
  const atWord = (context: Context) => context === Context.word
  const atLineEdge = (context: Context) =>
    context === Context.edge || (multiline && context === Context.newline)
  switch (assertion) {
    case 'line-start':
      return atLineEdge(before)
    case 'line-end':
      return atLineEdge(after)
    case 'text-start':
      return before === Context.edge
    case 'text-end':
      return after === Context.edge
    case 'word-start':
      return !atWord(before) && atWord(after)
    case 'word-end':
      return atWord(before) && !atWord(after)
    case 'word-edge':
      return atWord(before) !== atWord(after)
    case 'not-word-edge':
      return atWord(before) === atWord(after)
    case 'no-word-before':
      return !atWord(before)
    case 'no-word-after':
      return !atWord(after)
  }
}

/** Bytes that no part of the pattern tells apart share a class, a column of the transition table. */
export interface ByteClasses {
  /** Class of each byte. */
  readonly of: Uint8Array
  readonly count: number
  /** Contexts matter: some assertion looks at bytes. */
  readonly hasAssertions: boolean
  /** For each class, one of its bytes, and what it is as a context. */
  readonly sample: readonly number[]
  readonly context: readonly Context[]
}

/** What each byte is as a context, as the loops look it up. */
export function contextTable({ of, context }: ByteClasses): Uint8Array {
  return of.map((index) => context[index] ?? Context.other)
}

export function classify(nfa: Nfa, terminator: number | undefined): ByteClasses {
  const sets = new Set<ByteSet>()
  let hasAssertions = false
  for (const state of nfa.states) {
    for (const edge of state.edges) sets.add(edge.set)
    hasAssertions ||= state.epsilons.some((epsilon) => epsilon.assertion !== undefined)
  }
  const of = new Uint8Array(256)
  let count = 1
  if (hasAssertions) {
    sets.add(wordBytes)
    split((byte) => byte === 10)
  }
  for (const set of sets) split((byte) => set[byte] === 1)
  split((byte) => byte === terminator)

  const sample = Array.from({ length: count }, (_, index) => of.indexOf(index))
  const context = sample.map((byte) =>
    wordBytes[byte] === 1 ? Context.word : byte === 10 ? Context.newline : Context.other,
  )
  return { of, count, hasAssertions, sample, context }

  function split(isMember: (byte: number) => boolean) {
    const inside = new Map<number, number>()
    const sizes = new Uint32Array(count)
    for (let byte = 0; byte < 256; byte++) sizes[of[byte] ?? 0] = (sizes[of[byte] ?? 0] ?? 0) + 1
    const members: number[] = []
    const memberSizes = new Uint32Array(count)
    for (let byte = 0; byte < 256; byte++) {
      if (!isMember(byte)) continue
      members.push(byte)
      const old = of[byte] ?? 0
      memberSizes[old] = (memberSizes[old] ?? 0) + 1
    }
    for (const byte of members) {
      const old = of[byte] ?? 0
      if (old >= memberSizes.length || memberSizes[old] === sizes[old]) continue
      let fresh = inside.get(old)
      if (fresh === undefined) inside.set(old, (fresh = count++))
      of[byte] = fresh
    }
  }
}
