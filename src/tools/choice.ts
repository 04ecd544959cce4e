import { UsageError } from '../base/error.js'
import { quote } from '../base/quote.js'

/**
 * The choice that an option's argument names, by any unambiguous beginning of its name. Names that stand in a list
 * of their own mean the same, and the first of them is returned.
 * Throws `UsageError` in the words, and with the exit code, of gnulib's argmatch.
 */
export function choose<Choice extends string>(
  option: string,
  text: string,
  choices: readonly (Choice | readonly [Choice, ...Choice[]])[],
  argument: number,
): Choice {
  const groups = choices.map((choice) => (typeof choice === 'string' ? ([choice] as const) : choice))
  const candidates = groups.filter((names) => names.some((name) => name.startsWith(text)))
  const chosen = groups.find((names) => names.some((name) => name === text)) ?? candidates[0]
  if (chosen !== undefined && (candidates.length === 1 || chosen.some((name) => name === text)))
    return chosen[0]
  const problem = chosen === undefined ? 'invalid' : 'ambiguous'
  const valid = groups.map((names) => `\n  - ${names.map(quote).join(', ')}`).join('')
  throw new UsageError(
    `${problem} argument ${quote(text)} for ${quote(option)}\nValid arguments are:${valid}`,
    { argument, exit: 1 },
  )
}
