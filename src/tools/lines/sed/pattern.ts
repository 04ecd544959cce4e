import { compileRegex, type Regex, syntaxes } from '../../../kernel/regex/index.js'
import type { Pattern } from './program.js'

const newline = 0x0a

/** Compiles a pattern. Throws `RegexError`. */
export function compilePattern(pattern: Pattern, extended: boolean, terminator = newline): Regex {
  return compileRegex([Buffer.from(pattern.source, 'latin1')], {
    syntax: extended ? syntaxes.sedExtended : syntaxes.sedBasic,
    ignoreCase: pattern.ignoreCase,
    // Where lines end in NUL bytes, newlines are like any other byte.
    multiline: pattern.multiline && terminator === newline,
    terminator,
  })
}
