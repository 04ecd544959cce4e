import type { Context } from './context.js'
import { braceExpansion } from './expected.js'

export interface BraceWatch {
  /** Takes note of the next unquoted character. */
  see(character: string, position: number): void
}

/**
 * Watches the unquoted braces of one word and reports those that bash would expand: a `{` and its `}` with a
 * comma between, or a sequence. As in bash, a `}` without a comma before it closes only an inner brace.
 */
export function braceWatch(context: Context): BraceWatch {
  const { cursor } = context
  const open: { readonly start: number; comma: boolean }[] = []
  return {
    see(character, start) {
      if (character === '{') {
        const found = cursor.match(sequence, start)
        if (found) context.report(braceExpansion, cursor.span(start, start + found[0].length))
        open.push({ start, comma: false })
      }
      const inner = open.at(-1)
      if (inner === undefined) return
      if (character === ',') inner.comma = true
      if (character !== '}') return
      if (inner.comma) context.report(braceExpansion, cursor.span(inner.start, start + 1))
      if (inner.comma || open.length > 1) open.pop()
    },
  }
}

const sequence = /\{(?:-?\d+\.\.-?\d+|[A-Za-z]\.\.[A-Za-z])(?:\.\.-?\d+)?\}/y
