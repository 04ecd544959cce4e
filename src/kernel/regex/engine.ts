import { combineFinders, createConfirmingSelector } from './combine.js'
import { single } from './byteset.js'
import type { RegexWarning } from './error.js'
import { RegexError } from './error.js'
import type { Finder } from './find.js'
import { createFinder } from './find.js'
import type { Regex, RegexOptions } from './contract.js'
import { createGroupScan, type GroupScan } from './group-scan.js'
import type { MatchLister } from './matches.js'
import { createMatchLister, createMatchListerFrom } from './matches.js'
import { createMarkers, markerSteps } from './markers.js'
import { buildNfa, checkSize } from './nfa.js'
import type { Parsed } from './parse.js'
import { parse } from './parse.js'
import { createPrefilter } from './prefilter.js'
import { createReferenceFinder, withoutReferences } from './reference.js'
import { createRowLister, rowMatchesOf } from './row-matches.js'
import type { Selector } from './select.js'
import { createSelector } from './select.js'
import { shapeOf } from './shape.js'
import type { Tree } from './tree.js'
import { assertion, choice, sequence } from './tree.js'
import { findWarnings } from './warnings.js'

const newline = 10
const defaultCacheLimit = 4 << 20

/** Parses the patterns; makes the automata when they are first used. */
export function createEngine(patterns: readonly Uint8Array[], options: RegexOptions): Regex {
  const { ignoreCase = false, multiline = false, newlineEscape = false, terminator = newline } = options
  const { cacheLimit = defaultCacheLimit } = options
  const warnings: RegexWarning[] = []
  const parsed = patterns.map(parsePattern)
  const groups = parsed.length === 1 ? (parsed[0]?.groups ?? 0) : 0
  const linear = choice(
    mergeStrings(parsed.filter((pattern) => !pattern.hasReferences).map(({ tree }) => tree)),
  )
  const referring = parsed.filter((pattern) => pattern.hasReferences).map(({ tree }) => tree)

  let selector: Selector | undefined
  let finder: Finder | undefined
  let lister: MatchLister | undefined
  let groupScan: GroupScan | 'none' | undefined
  return {
    groups,
    warnings,
    select: (text, target, lineOptions = {}) =>
      (selector ??= makeSelector()).select(text, target, lineOptions),
    exec: (text, at, spans) => (finder ??= makeFinder()).exec(text, at, spans),
    test: (text) => (finder ??= makeFinder()).test(text),
    matches: (text, matchOptions = {}) => (lister ??= makeLister()).walk(text, matchOptions),
    textLoop: () => (lister ??= makeLister()).textLoop(),
    fillGroups(...batchOfMatches) {
      groupScan ??= (referring.length === 0 ? createGroupScan(wrap(linear)) : undefined) ?? 'none'
      if (groupScan === 'none') return false
      groupScan.fill(...batchOfMatches)
      return true
    },
    free() {
      selector?.free()
      finder?.free()
      lister?.free()
      if (groupScan !== 'none') groupScan?.free()
      selector = finder = lister = groupScan = undefined
    },
  }

  function parsePattern(pattern: Uint8Array, index: number): Parsed {
    const { syntax } = options
    if (syntax === 'fixed') {
      const parts = Array.from(pattern, (byte): Tree => ({ kind: 'set', set: single(byte, ignoreCase) }))
      return { tree: sequence(parts), groups: 0, hasReferences: false }
    }
    const parseOptions = { syntax, ignoreCase, multiline, newlineEscape }
    try {
      const result = parse(pattern, parseOptions)
      checkSize(result.tree)
      warnings.push(...findWarnings(pattern, parseOptions, index))
      return result
    } catch (error) {
      if (error instanceof RegexError) throw new RegexError(error.message, error.offset, index)
      throw error
    }
  }

  /** One string node for all patterns that are strings: thousands of them share one trie. */
  function mergeStrings(trees: readonly Tree[]): Tree[] {
    if (trees.length < 2) return [...trees]
    const strings: Uint8Array[] = []
    const others: Tree[] = []
    for (const tree of trees) {
      const string = stringOf(tree, ignoreCase)
      if (string === undefined) others.push(tree)
      else strings.push(string)
    }
    return strings.length === 0 ? others : [{ kind: 'strings', strings, ignoreCase }, ...others]
  }

  function wrap(tree: Tree): Tree {
    if (options.whole === 'line') return sequence([assertion('text-start'), tree, assertion('text-end')])
    if (options.whole === 'word')
      return sequence([assertion('no-word-before'), tree, assertion('no-word-after')])
    return tree
  }

  function makeSelector(): Selector {
    const tree = wrap(choice([linear, ...referring.map(withoutReferences)]))
    const prefilter = createPrefilter(tree)
    const steps = referring.length === 0 && terminator === newline ? markerSteps(tree) : undefined
    const markers = steps && createMarkers(steps, terminator)
    const plain = createSelector(() => buildNfa(tree), prefilter, markers, { cacheLimit, terminator })
    return referring.length === 0
      ? plain
      : createConfirmingSelector(plain, (finder ??= makeFinder()), terminator)
  }

  function makeFinder(): Finder {
    const finders = referring.map((tree) => createReferenceFinder(wrap(tree), { multiline, ignoreCase }))
    if (referring.length < parsed.length || parsed.length === 0) {
      const tree = wrap(linear)
      finders.push(createFinder(buildNfa(tree), groups, createPrefilter(tree), { multiline, cacheLimit }))
    }
    return combineFinders(finders)
  }

  function makeLister(): MatchLister {
    if (referring.length > 0) return createMatchListerFrom((finder ??= makeFinder()), terminator)
    const shape = shapeOf(wrap(linear), multiline)
    const settings = { multiline, cacheLimit, terminator }
    const plain = (): MatchLister =>
      createMatchLister(buildNfa(shape.tree), shape, createPrefilter(shape.tree), settings)
    const rows = multiline ? undefined : rowMatchesOf(shape)
    return rows === undefined ? plain() : createRowLister(rows, terminator, plain)
  }
}

/** The string that a pattern is, if it is nothing else. */
function stringOf(tree: Tree, ignoreCase: boolean): Uint8Array | undefined {
  const parts = tree.kind === 'sequence' ? tree.parts : [tree]
  if (tree.kind === 'empty') return new Uint8Array(0)
  const bytes: number[] = []
  for (const part of parts) {
    const byte = part.kind === 'set' ? part.set.indexOf(1) : -1
    if (byte < 0 || part.kind !== 'set' || single(byte, ignoreCase) !== part.set) return undefined
    bytes.push(byte)
  }
  return Uint8Array.from(bytes)
}
