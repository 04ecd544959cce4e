import { bytesOf } from '../../../base/bytes.js'
import { SystemError, ToolError, UsageError } from '../../../base/error.js'
import type { Occurrence } from '../../../base/option.js'
import type { SettleContext } from '../../../base/tool.js'
import { compileRegex, RegexError, type RegexOptions } from '../../../kernel/regex/index.js'

/** A pattern and where it came from, for messages. */
interface Source {
  readonly pattern: Uint8Array
  /** `FILE:LINE: ` for one from a file. */
  readonly place: string
}

export interface Patterns {
  readonly patterns: readonly Uint8Array[]
  readonly warnings: readonly string[]
}

/**
 * The patterns of `-e`, `-f` or the first operand, each a line, checked. Throws `UsageError` for one that is not
 * valid, `ToolError` for a file that cannot be read.
 */
export function gatherPatterns(
  given: readonly Occurrence[],
  operand: string | undefined,
  options: RegexOptions,
  context: SettleContext,
): Patterns {
  const sources = given.flatMap(({ key, value = '' }) =>
    key === 'file'
      ? fromFile(value, context)
      : linesOf(bytesOf(value)).map((pattern) => ({ pattern, place: '' })),
  )
  if (operand !== undefined) {
    sources.push(...linesOf(bytesOf(operand)).map((pattern) => ({ pattern, place: '' })))
  }
  return { patterns: sources.map(({ pattern }) => pattern), warnings: check(sources, options) }
}

function fromFile(path: string, context: SettleContext): Source[] {
  let content: Buffer
  try {
    content = context.readFile(path)
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new ToolError(`${path}: ${error.reason}`)
  }
  if (content.length === 0) return []
  const end = content.at(-1) === newline ? content.length - 1 : content.length
  return linesOf(content.subarray(0, end)).map((pattern, index) => ({
    pattern,
    place: `${path}:${index + 1}: `,
  }))
}

const newline = 0x0a

function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = []
  for (let start = 0; ;) {
    const end = bytes.indexOf(newline, start)
    if (end < 0) return [...lines, bytes.subarray(start)]
    lines.push(bytes.subarray(start, end))
    start = end + 1
  }
}

function check(sources: readonly Source[], options: RegexOptions): string[] {
  try {
    const regex = compileRegex(
      sources.map(({ pattern }) => pattern),
      options,
    )
    regex.free()
    // Debian's and later releases say nothing of stray backslashes.
    const said = regex.warnings.filter(({ kind }) => kind === 'stray-operator')
    return said.map(({ message, pattern }) => `${sources[pattern]?.place ?? ''}warning: ${message}`)
  } catch (error) {
    if (!(error instanceof RegexError)) throw error
    throw new UsageError(`${sources[error.pattern]?.place ?? ''}${error.message}`, { hint: false })
  }
}
