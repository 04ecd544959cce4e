import type { ByteSet } from './byteset.js'

/** What must hold between two bytes; all depend on one byte on either side. */
export type Assertion =
  | 'line-start'
  | 'line-end'
  | 'text-start'
  | 'text-end'
  | 'word-start'
  | 'word-end'
  | 'word-edge'
  | 'not-word-edge'
  /** No word byte before, or after, as `grep -w` wants it. */
  | 'no-word-before'
  | 'no-word-after'

/** A parsed regular expression. */
export type Tree =
  | { readonly kind: 'empty' }
  | { readonly kind: 'set'; readonly set: ByteSet }
  /** Any of many fixed strings. */
  | { readonly kind: 'strings'; readonly strings: readonly Uint8Array[]; readonly ignoreCase: boolean }
  | { readonly kind: 'assertion'; readonly assertion: Assertion }
  | { readonly kind: 'sequence'; readonly parts: readonly Tree[] }
  | { readonly kind: 'choice'; readonly parts: readonly Tree[] }
  /** `most` is Infinity for no limit. */
  | { readonly kind: 'repeat'; readonly part: Tree; readonly least: number; readonly most: number }
  /** Groups count from 1. */
  | { readonly kind: 'group'; readonly index: number; readonly part: Tree }
  | { readonly kind: 'reference'; readonly index: number }

export const empty: Tree = { kind: 'empty' }

export function sequence(parts: readonly Tree[]): Tree {
  const some = parts.filter((part) => part.kind !== 'empty')
  return some.length === 1 && some[0] !== undefined
    ? some[0]
    : some.length === 0
      ? empty
      : { kind: 'sequence', parts: some }
}

export function choice(parts: readonly Tree[]): Tree {
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'choice', parts }
}

export const assertion = (name: Assertion): Tree => ({ kind: 'assertion', assertion: name })
