import { bytesOf, everyByte } from './byteset.js'
import type { Finder } from './find.js'
import type { Text } from './text.js'
import type { Assertion, Tree } from './tree.js'
import { empty, sequence } from './tree.js'

/** A pattern with back-references, as an expression of the JavaScript engine over Latin-1 strings. */
export function createReferenceFinder(
  tree: Tree,
  options: { multiline: boolean; ignoreCase: boolean },
): Finder {
  const source = sourceOf(requireReferenced(tree), options.multiline)
  const anywhere = new RegExp(source, 'dg')
  const upTo = hasChoice(tree) ? new RegExp(`(?:${source})(?![^])`, 'dy') : undefined
  const somewhere = new RegExp(source)
  return { exec, test, free: () => undefined }

  function exec({ batch, from, to }: Text, at: number, spans: Int32Array): boolean {
    // Look-behind needs one byte in front of the range.
    const origin = Math.max(from, at - 1)
    const text = textOf(batch, origin, to)
    anywhere.lastIndex = at - origin
    const match = anywhere.exec(text)
    if (match === null) return false
    const { indices } = longest(text, match)
    spans.fill(-1)
    indices?.forEach((pair: readonly [number, number] | undefined, group) => {
      if (pair === undefined || group * 2 >= spans.length) return
      spans[group * 2] = pair[0] + origin
      spans[group * 2 + 1] = pair[1] + origin
    })
    return true
  }

  function test({ batch, from, to }: Text): boolean {
    return somewhere.test(textOf(batch, from, to))
  }

  function textOf(batch: Buffer, from: number, to: number): string {
    const text = batch.toString('latin1', from, to)
    // Sets hold both cases of their letters; only what references compare needs the folding.
    return options.ignoreCase ? text.replace(/[a-z]+/g, (letters) => letters.toUpperCase()) : text
  }

  /** JavaScript takes the first alternative that matches; POSIX the longest match. */
  function longest(text: string, match: RegExpExecArray): RegExpExecArray {
    if (upTo === undefined) return match
    const least = match.index + match[0].length
    for (let end = text.length; end > least; end--) {
      upTo.lastIndex = match.index
      const longer = upTo.exec(text.slice(0, end))
      if (longer !== null) return longer
    }
    return match
  }
}

/**
 * A reference to a group that took no part fails, but matches nothing in JavaScript: `(a)*\1` is `(a)+\1`.
 */
function requireReferenced(tree: Tree): Tree {
  switch (tree.kind) {
    case 'sequence':
      return { ...tree, parts: tree.parts.map((part, index) => requireIn(part, tree.parts.slice(index + 1))) }
    case 'choice':
      return { ...tree, parts: tree.parts.map(requireReferenced) }
    case 'repeat':
    case 'group':
      return { ...tree, part: requireReferenced(tree.part) }
    default:
      return tree
  }
}

function requireIn(part: Tree, following: readonly Tree[]): Tree {
  if (part.kind !== 'repeat' || part.part.kind !== 'group') return requireReferenced(part)
  const { index } = part.part
  const isReferenced = following.some((other) => other.kind === 'reference' && other.index === index)
  return { ...part, part: requireReferenced(part.part), least: Math.max(part.least, isReferenced ? 1 : 0) }
}

/**
 * The pattern with each back-reference replaced by all that its group could match: an automaton for it passes
 * every text that the pattern itself matches.
 */
export function withoutReferences(tree: Tree): Tree {
  const groups = new Map<number, Tree>()
  return replace(requireReferenced(tree))

  function replace(node: Tree): Tree {
    switch (node.kind) {
      case 'group': {
        const part = replace(node.part)
        groups.set(node.index, part)
        return { ...node, part }
      }
      case 'sequence':
      case 'choice':
        return { ...node, parts: node.parts.map(replace) }
      case 'repeat':
        return { ...node, part: replace(node.part) }
      case 'reference': {
        const part = groups.get(node.index)
        return part === undefined || hasReference(part) ? anything : bare(part)
      }
      default:
        return node
    }
  }
}

const anything: Tree = { kind: 'repeat', part: { kind: 'set', set: everyByte }, least: 0, most: Infinity }

/** A copy that consumes the same texts, without groups and assertions. */
function bare(node: Tree): Tree {
  switch (node.kind) {
    case 'assertion':
      return empty
    case 'group':
      return bare(node.part)
    case 'sequence':
      return sequence(node.parts.map(bare))
    case 'choice':
      return { ...node, parts: node.parts.map(bare) }
    case 'repeat':
      return { ...node, part: bare(node.part) }
    default:
      return node
  }
}

function hasReference(tree: Tree): boolean {
  return someNode(tree, (node) => node === anything)
}

function hasChoice(tree: Tree): boolean {
  return someNode(tree, (node) => node.kind === 'choice')
}

function someNode(tree: Tree, test: (node: Tree) => boolean): boolean {
  if (test(tree)) return true
  if (tree.kind === 'sequence' || tree.kind === 'choice')
    return tree.parts.some((part) => someNode(part, test))
  return (tree.kind === 'repeat' || tree.kind === 'group') && someNode(tree.part, test)
}

function sourceOf(tree: Tree, multiline: boolean): string {
  const of = (node: Tree): string => sourceOf(node, multiline)
  switch (tree.kind) {
    case 'empty':
      return '(?:)'
    case 'set':
      return `[${bytesOf(tree.set).map(escapeByte).join('')}]`
    case 'strings':
      return `(?:${tree.strings.map((string) => Array.from(string, escapeByte).join('')).join('|')})`
    case 'assertion':
      return assertionSource(tree.assertion, multiline)
    case 'sequence':
      return tree.parts.map(of).join('')
    case 'choice':
      return `(?:${tree.parts.map(of).join('|')})`
    case 'repeat':
      return `(?:${of(tree.part)}){${tree.least},${tree.most === Infinity ? '' : tree.most}}`
    case 'group':
      return `(${of(tree.part)})`
    case 'reference':
      return `(?:\\${tree.index})`
  }
}

function escapeByte(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, '0')}`
}

function assertionSource(assertion: Assertion, multiline: boolean): string {
  switch (assertion) {
    case 'line-start':
      return multiline ? '(?<![^\\n])' : '(?<![^])'
    case 'line-end':
      return multiline ? '(?![^\\n])' : '(?![^])'
    case 'text-start':
      return '(?<![^])'
    case 'text-end':
      return '(?![^])'
    case 'word-start':
      return '(?<!\\w)(?=\\w)'
    case 'word-end':
      return '(?<=\\w)(?!\\w)'
    case 'word-edge':
      return '\\b'
    case 'not-word-edge':
      return '\\B'
    case 'no-word-before':
      return '(?<!\\w)'
    case 'no-word-after':
      return '(?!\\w)'
  }
}
