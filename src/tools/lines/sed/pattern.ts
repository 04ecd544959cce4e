import { compileRegex, type Regex, syntaxes } from '../../../kernel/regex/index.js'
import type { Dialect } from './dialect.js'
import type { Pattern } from './program.js'

const newline = 0x0a

/** Compiles a pattern. Throws `RegexError`. */
export function compilePattern(
  pattern: Pattern,
  { extended, posix, conforms }: Dialect,
  terminator = newline,
): Regex {
  const [basicSyntax, extendedSyntax] = posix
    ? [syntaxes.sedPosixBasic, syntaxes.sedPosixExtended]
    : [syntaxes.sedBasic, syntaxes.sedExtended]
  return compileRegex([Buffer.from(pattern.source, 'latin1')], {
    syntax: { ...(extended ? extendedSyntax : basicSyntax), strayCloseIsLiteral: conforms },
    ignoreCase: pattern.ignoreCase,
    // Where lines end in NUL bytes, newlines are like any other byte.
    multiline: pattern.multiline && terminator === newline,
    terminator,
  })
}
