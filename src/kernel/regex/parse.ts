import { parseBracket } from './bracket.js'
import { everyByte, everyByteButNewline, single } from './byteset.js'
import { messages, RegexError } from './error.js'
import type { Syntax } from './syntax.js'
import type { Token } from './token.js'
import { isIntervalAt, tokenAt } from './token.js'
import type { Tree } from './tree.js'
import { choice, empty, sequence } from './tree.js'

export interface ParseOptions {
  readonly syntax: Syntax
  readonly ignoreCase: boolean
  /** sed's M flag: `.` and `[^a]` do not match a newline. */
  readonly multiline: boolean
  /** `\n` is a newline (sed). */
  readonly newlineEscape: boolean
}

export interface Parsed {
  readonly tree: Tree
  readonly groups: number
  readonly hasReferences: boolean
}

/** Groups in groups; walking the tree takes stack for each. */
const nestingLimit = 1000

/** RE_DUP_MAX. POSIX, <limits.h>; this is glibc's value. */
const repeatLimit = 32767

/** Parses one pattern, with the syntax, the leniency and the errors of the C library. */
export function parse(pattern: Uint8Array, options: ParseOptions): Parsed {
  const { syntax } = options
  const rules = { ...options, complementHasNewline: syntax.complementHasNewline || !options.multiline }
  const completed = new Set<number>()
  let groups = 0
  let hasReferences = false
  let start = 0
  let token: Token
  advance(true)

  const tree = parseAlternation(0)
  return { tree, groups, hasReferences }

  function advance(caretAnchors = false) {
    start = token?.end ?? 0
    token = tokenAt(pattern, start, rules, caretAnchors)
  }

  function fail(message: string): never {
    throw new RegexError(message, start)
  }

  function endsBranch(depth: number): boolean {
    return token.kind === 'alternation' || token.kind === 'end' || (depth > 0 && token.kind === 'close')
  }

  function parseAlternation(depth: number): Tree {
    const branches = [parseBranch(depth)]
    while (token.kind === 'alternation') {
      advance(true)
      branches.push(endsBranch(depth) ? empty : parseBranch(depth))
    }
    return choice(branches)
  }

  function parseBranch(depth: number): Tree {
    const parts = [parseExpression(depth)]
    while (!endsBranch(depth)) parts.push(parseExpression(depth))
    return sequence(parts)
  }

  function parseExpression(depth: number): Tree {
    switch (token.kind) {
      case 'open':
        return parseRepeats(parseGroup(depth + 1))
      case 'bracket': {
        const { set, end } = parseBracket(pattern, token.end, rules)
        token = { ...token, end }
        return parseAtom({ kind: 'set', set })
      }
      case 'reference':
        if (!completed.has(token.value)) fail(messages.backReference)
        hasReferences = true
        return parseAtom({ kind: 'reference', index: token.value })
      case 'any':
        return parseAtom({ kind: 'set', set: options.multiline ? everyByteButNewline : everyByte })
      case 'class':
        return parseAtom({ kind: 'set', set: token.set })
      case 'assertion': {
        const tree: Tree = { kind: 'assertion', assertion: token.assertion }
        if (syntax.strayOperator === 'skip') return parseAtom(tree)
        // No operator applies to an anchor: what follows begins a new expression.
        advance()
        return tree
      }
      case 'alternation':
      case 'end':
        return empty
      case 'trailing-backslash':
        return fail(messages.trailingBackslash)
      case 'close':
        if (!syntax.strayCloseIsLiteral) fail(messages.close)
        return parseByte()
      case 'open-interval':
      case 'star':
      case 'plus':
      case 'question':
        return parseStrayOperator(depth)
      default:
        return parseByte()
    }
  }

  /** An operator with nothing before it. */
  function parseStrayOperator(depth: number): Tree {
    if (syntax.strayOperator === 'error') fail(messages.preceding)
    if (syntax.refuseDuplication && token.kind === 'open-interval') fail(messages.preceding)
    if (syntax.strayOperator === 'literal') return parseByte()
    if (token.kind === 'open-interval') {
      if (!isIntervalAt(pattern, token.end)) return parseByte()
      parseInterval()
    }
    advance()
    return parseExpression(depth)
  }

  function parseByte(): Tree {
    return parseAtom({ kind: 'set', set: single(token.value, options.ignoreCase) })
  }

  function parseAtom(tree: Tree): Tree {
    advance()
    return parseRepeats(tree)
  }

  function parseGroup(depth: number): Tree {
    if (depth > nestingLimit) fail(messages.tooDeep)
    const index = ++groups
    advance(true)
    const part = token.kind === 'close' ? empty : parseAlternation(depth)
    if (token.kind !== 'close') fail(messages.open)
    completed.add(index)
    advance()
    return { kind: 'group', index, part }
  }

  function parseRepeats(tree: Tree): Tree {
    for (;;) {
      if (token.kind === 'star') tree = repeat(tree, 0, Infinity)
      else if (token.kind === 'plus') tree = repeat(tree, 1, Infinity)
      else if (token.kind === 'question') tree = repeat(tree, 0, 1)
      else if (token.kind === 'open-interval') {
        const interval = parseInterval()
        if (interval === undefined) return tree
        tree = repeat(tree, interval.least, interval.most)
      } else return tree
      advance()
      const isDuplication = token.kind === 'star' || token.kind === 'open-interval'
      if (syntax.refuseDuplication && isDuplication) fail(messages.preceding)
    }
  }

  /** `{n}`, `{n,}`, `{,m}`, `{n,m}`, up to its closing brace; undefined when the brace is a literal after all. */
  function parseInterval(): { least: number; most: number } | undefined {
    const open = token
    const openStart = start
    const first = parseNumber()
    const isSingle = token.kind === 'close-interval'
    const hasComma = token.kind === 'byte' && token.value === 0x2c
    if (first === undefined && !hasComma) fail(messages.intervalContent)
    const least = first ?? 0
    const second = first === 'invalid' ? first : isSingle ? first : hasComma ? parseNumber() : 'invalid'
    if (least === 'invalid' || second === 'invalid') {
      if (!syntax.badIntervalIsLiteral) fail(token.kind === 'end' ? messages.brace : messages.intervalContent)
      start = openStart
      token = { kind: 'byte', value: open.value, end: open.end }
      return undefined
    }
    const most = second ?? Infinity
    if (least > most || token.kind !== 'close-interval') fail(messages.intervalContent)
    if ((second ?? least) > repeatLimit) fail(messages.tooBig)
    return { least, most }
  }

  /** Reads up to a comma, a closing brace or the end: a number, undefined for none, or `invalid`. */
  function parseNumber(): number | 'invalid' | undefined {
    let number: number | 'invalid' | undefined
    for (;;) {
      advance()
      if (token.kind === 'end') return 'invalid'
      if (token.kind === 'close-interval' || token.value === 0x2c) return number
      const isDigit = token.kind === 'byte' && token.value >= 0x30 && token.value <= 0x39
      if (!isDigit || number === 'invalid') number = 'invalid'
      else number = Math.min(repeatLimit + 1, (number ?? 0) * 10 + token.value - 0x30)
    }
  }
}

function repeat(part: Tree, least: number, most: number): Tree {
  if (part.kind === 'empty' || most === 0) return empty
  return { kind: 'repeat', part, least, most }
}
