import type { Context } from './context.js'
import { directoryStack, tildeInArgument } from './expected.js'
import type { Tilde } from './tree.js'

/**
 * Where a `~` stands: at the beginning of a word, the same in `${NAME:-`, at the beginning of a value or after a
 * `:` in it, or after the `=` of an argument.
 */
export type TildePlace = 'word' | 'braces' | 'value' | 'argument'

/** Reads a tilde prefix (POSIX 2.6.1); undefined when the `~` here is text. */
export function readTilde(context: Context, place: TildePlace): Tilde | undefined {
  const { cursor } = context
  const start = cursor.position
  const found = cursor.match(tilde)
  if (!found) return undefined
  const [prefix, user, end] = found
  if (end === '}' && place !== 'braces') return undefined
  cursor.advance(prefix.length)
  const span = cursor.span(start)
  // Of `~:` and `~=` at the beginning of a word, and of `NAME=~`, bash and other shells make different things.
  const isDisputed = place === 'argument' || end === '=' || (end === ':' && place !== 'value')
  if (isDisputed) context.report(tildeInArgument, span)
  else if (/[-+\d]/.test(prefix.charAt(1))) context.report(directoryStack(prefix), span)
  return { kind: 'tilde', span, user }
}

const tilde = /~(?:([A-Za-z_][\w.-]*)|[-+]?\d*)(?=([\s/;&|()<>:=}]|$))/y
