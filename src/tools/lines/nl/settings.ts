import { ToolError } from '../../../base/error.js'
import { compileRegex, RegexError, type Regex, syntaxes } from '../../../kernel/regex/index.js'

export type Section = 'header' | 'body' | 'footer'

/** Which lines are numbered: all, the nonempty, none, or those that match a regular expression. */
export type Style = 'a' | 't' | 'n' | { readonly pattern: string }

export const numberFormats = ['ln', 'rn', 'rz'] as const
export type NumberFormat = (typeof numberFormats)[number]

export interface NlSettings {
  readonly files: readonly string[]
  readonly styles: Readonly<Record<Section, Style>>
  readonly start: bigint
  readonly increment: bigint
  /** How many empty lines count as one. */
  readonly blankGroup: bigint
  readonly width: number
  readonly format: NumberFormat
  /** Begin again at `start` in each section. */
  readonly renumber: boolean
  readonly separator: string
  /** A footer's delimiter line; a body's is twice that, a header's three times. Shorter than two bytes: none. */
  readonly delimiter: string
}

/** The style that a word names by its first letter; undefined when there is none. Throws `ToolError` for a bad pattern. */
export function checkStyle(word: string): Style | undefined {
  const letter = word.charAt(0)
  if (letter === 'a' || letter === 't' || letter === 'n') return letter
  if (letter !== 'p') return undefined
  const pattern = word.slice(1)
  try {
    compileStyle(pattern).free()
  } catch (error) {
    if (error instanceof RegexError) throw new ToolError(error.message)
    throw error
  }
  return { pattern }
}

export function compileStyle(pattern: string): Regex {
  return compileRegex([pattern], { syntax: syntaxes.lenientBasic })
}
