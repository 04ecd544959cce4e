import type { Context } from './context.js'

/** Moves past the parenthesis that opens here and the one that closes it, whatever is between; to the end without one. */
export function skipParentheses({ cursor }: Context): void {
  const { text } = cursor
  let depth = 0
  let at = cursor.position
  do {
    if (text[at] === '(') depth++
    if (text[at] === ')') depth--
    at++
  } while (depth > 0 && at < text.length)
  cursor.moveTo(at)
}
