import type { Diagnostic } from '../base/diagnostic.js'
import type { Source } from '../base/span.js'
import { Context } from './context.js'
import { byteOrderMark, nulByte } from './expected.js'
import { readBracketedList } from './list.js'
import { readScript } from './script.js'
import type { StaticText } from './static-text.js'
import type { Script } from './tree.js'

export interface ParseOptions {
  /** Whether the text is a file, which may have declarations. */
  readonly declarations: boolean
}

export interface Parsed {
  /** What could be read: a statement with a finding in it is left out. */
  readonly script: Script
  /** In the order of the text. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Reads a spec. All that is wrong comes back as findings; it never throws. For a spec that is the argument of
 * a command in another one, pass that word's `wordText`: places are then those of the outer text.
 */
export function parse(source: Source | StaticText, options: ParseOptions): Parsed {
  const nul = source.text.indexOf('\0')
  if (nul >= 0) return refuseBinary(source, nul, options)
  const context = new Context(source, readBracketedList)
  skipByteOrderMark(context)
  const script = readScript(context, options)
  return { script, diagnostics: context.diagnostics.sort((a, b) => a.span.start - b.span.start) }
}

function skipByteOrderMark(context: Context): void {
  const { cursor } = context
  if (!cursor.text.startsWith('\ufeff')) return
  context.report(byteOrderMark, cursor.span(0, 1))
  cursor.advance()
}

function refuseBinary(source: Source | StaticText, nul: number, options: ParseOptions): Parsed {
  const context = new Context(source, readBracketedList)
  context.fail(nulByte, context.cursor.span(nul, nul + 1))
  return { script: readScript(context, options), diagnostics: context.diagnostics }
}
