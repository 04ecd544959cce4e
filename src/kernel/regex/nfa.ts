import type { ByteSet } from './byteset.js'
import { single, toLower } from './byteset.js'
import { messages, RegexError } from './error.js'
import type { Assertion, Tree } from './tree.js'

/** A step that consumes nothing; it may be taken where its assertion holds. */
export interface Epsilon {
  readonly target: number
  readonly assertion?: Assertion
}

/** A step that consumes one byte of the set. */
export interface Edge {
  readonly set: ByteSet
  readonly target: number
}

/** Where a group begins or ends. `isOptional`: the group is repeated and may be left out (glibc's `opt_subexp`). */
export interface Mark {
  readonly group: number
  readonly isOpening: boolean
  readonly isOptional: boolean
}

export interface State {
  /** In order of preference. */
  readonly epsilons: Epsilon[]
  readonly edges: Edge[]
  readonly mark?: Mark
}

/** A nondeterministic automaton (Thompson's construction). */
export interface Nfa {
  readonly states: readonly State[]
  readonly start: number
  readonly accept: number
}

type Repeat = Extract<Tree, { kind: 'repeat' }>

/** More states than this are refused: the bound on the time for a byte. */
const stateLimit = 1 << 18

/** Throws `RegexError` when the automaton would be too large, without building it. */
export function checkSize(tree: Tree): void {
  if (sizeOf(tree) > stateLimit) throw new RegexError(messages.tooBig, 0)
}

function sizeOf(tree: Tree): number {
  switch (tree.kind) {
    case 'sequence':
    case 'choice':
      return tree.parts.reduce((sum, part) => sum + sizeOf(part), 1)
    case 'repeat':
      return (sizeOf(tree.part) + 1) * (tree.most === Infinity ? tree.least + 1 : tree.most)
    case 'group':
      return sizeOf(tree.part) + 2
    default:
      return 1
  }
}

export function buildNfa(tree: Tree): Nfa {
  const states: State[] = []
  const accept = add({ epsilons: [], edges: [] })
  return { states, start: build(tree, accept, false), accept }

  function add(state: State): number {
    return states.push(state) - 1
  }

  /**
   * Builds `node` in front of the state `next`; returns where it begins. `isOptional` marks a group as repeated;
   * in a copy that a repetition made (`isCopy`) glibc forgets the marks.
   */
  function build(node: Tree, next: number, isCopy: boolean, isOptional = false): number {
    switch (node.kind) {
      case 'empty':
        return next
      case 'set':
        return add({ epsilons: [], edges: [{ set: node.set, target: next }] })
      case 'strings':
        return buildTrie(node.strings, node.ignoreCase, next)
      case 'assertion':
        return add({ epsilons: [{ target: next, assertion: node.assertion }], edges: [] })
      case 'sequence':
        return node.parts.reduceRight((after, part) => build(part, after, isCopy), next)
      case 'choice':
        return add({
          epsilons: preferred(node.parts).map((part) => ({ target: build(part, next, isCopy) })),
          edges: [],
        })
      case 'repeat':
        return buildRepeat(node, next, isCopy)
      case 'group': {
        const mark = { group: node.index, isOptional }
        const close = add({ epsilons: [{ target: next }], edges: [], mark: { ...mark, isOpening: false } })
        const target = build(node.part, close, isCopy)
        return add({ epsilons: [{ target }], edges: [], mark: { ...mark, isOpening: true } })
      }
      case 'reference':
        throw new Error('references have no automaton')
    }
  }

  function buildRepeat({ part, least, most }: Repeat, next: number, isCopy: boolean): number {
    // Of the rounds that may be left out the first is marked; of all rounds the first is no copy.
    const buildRound = (round: number, after: number) =>
      build(part, after, isCopy || round > 0, round === least && !isCopy)
    let entry = next
    if (most === Infinity) {
      const loop: State = { epsilons: [], edges: [] }
      entry = add(loop)
      loop.epsilons.push({ target: buildRound(least, entry) }, { target: next })
    } else if (most > least) {
      entry =
        part.kind === 'set'
          ? buildOptionalBytes(part, most - least, next)
          : buildOptional((index, after) => buildRound(least + index, after), most - least, next)
    }
    for (let round = least - 1; round >= 0; round--) entry = buildRound(round, entry)
    return entry
  }

  /** `x{0,3}` as `(x(x(x)?)?)?`: few states are alive at once. */
  function buildOptionalBytes(part: Tree, count: number, next: number): number {
    let entry = next
    for (let index = 0; index < count; index++) {
      entry = add({ epsilons: [{ target: build(part, entry, false) }, { target: next }], edges: [] })
    }
    return entry
  }

  /**
   * `x{0,3}` as `(((x)?x)?x)?`, which prefers many rounds to long ones: that is glibc's choice, and decides what
   * groups hold.
   */
  function buildOptional(
    buildRound: (index: number, after: number) => number,
    count: number,
    next: number,
  ): number {
    let after = next
    let entry: number | undefined
    let outer: State | undefined
    for (let index = count - 1; index >= 0; index--) {
      const state: State = { epsilons: [], edges: [] }
      const choice = add(state)
      outer?.epsilons.unshift({ target: choice })
      entry ??= choice
      state.epsilons.push({ target: after })
      after = buildRound(index, after)
      outer = state
    }
    outer?.epsilons.unshift({ target: after })
    return entry ?? next
  }

  function buildTrie(strings: readonly Uint8Array[], ignoreCase: boolean, next: number): number {
    const children = new Map<number, Map<number, number>>()
    const root = add({ epsilons: [], edges: [] })
    for (const string of strings) {
      let at = root
      for (const byte of string) at = child(at, byte)
      states[at]?.epsilons.push({ target: next })
    }
    return root

    function child(parent: number, byte: number): number {
      const key = ignoreCase ? toLower(byte) : byte
      let targets = children.get(parent)
      if (targets === undefined) children.set(parent, (targets = new Map<number, number>()))
      let target = targets.get(key)
      if (target === undefined) {
        target = add({ epsilons: [], edges: [] })
        targets.set(key, target)
        states[parent]?.edges.push({ set: single(byte, ignoreCase), target })
      }
      return target
    }
  }
}

/** glibc tries an empty first alternative after the second. */
function preferred(parts: readonly Tree[]): readonly Tree[] {
  const [first, second, ...others] = parts
  return first?.kind === 'empty' && second !== undefined ? [second, first, ...others] : parts
}

const mirrored: Readonly<Record<Assertion, Assertion>> = {
  'line-start': 'line-end',
  'line-end': 'line-start',
  'text-start': 'text-end',
  'text-end': 'text-start',
  'word-start': 'word-end',
  'word-end': 'word-start',
  'word-edge': 'word-edge',
  'not-word-edge': 'not-word-edge',
  'no-word-before': 'no-word-after',
  'no-word-after': 'no-word-before',
}

/** The automaton that reads the same texts backwards, with the same state numbers. */
export function reverse(nfa: Nfa): Nfa {
  const states: State[] = nfa.states.map(() => ({ epsilons: [], edges: [] }))
  nfa.states.forEach((state, source) => {
    for (const { target, assertion } of state.epsilons) {
      states[target]?.epsilons.push(
        assertion === undefined ? { target: source } : { target: source, assertion: mirrored[assertion] },
      )
    }
    for (const { set, target } of state.edges) states[target]?.edges.push({ set, target: source })
  })
  return { states, start: nfa.accept, accept: nfa.start }
}
