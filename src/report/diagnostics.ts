import type { Diagnostic } from '../base/diagnostic.js'
import { positionAt, type Source } from '../base/span.js'

/**
 * Findings as people read them: what, where with the place underlined, and what to do.
 *
 *     access.pipe:3:11: unknown command `grpe`
 *       cat "$log" | grpe x
 *                    ^^^^ help: did you mean `grep`?
 */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], source: Source): string {
  return [...diagnostics]
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
    .map((diagnostic) => render(diagnostic, source))
    .join('')
}

function render({ code, message, span, help }: Diagnostic, { name, text }: Source): string {
  const { line, column } = positionAt(text, span.start)
  const lineStart = text.lastIndexOf('\n', span.start - 1) + 1
  const lineEnd = text.indexOf('\n', span.start)
  const shown = text.slice(lineStart, lineEnd < 0 ? undefined : lineEnd)
  const marked = Math.max(1, Math.min(span.end, lineStart + shown.length) - span.start)
  const window = cut(shown, span.start - lineStart, marked)
  const indent = blanksUnder(window.text.slice(0, window.from))
  const underline = '^'.repeat(columnsOf(window.text.slice(window.from, window.from + window.length)))
  const advice = help === undefined ? '' : ` help: ${help}`
  return `${name}:${line}:${column}: ${message} [${code}]\n  ${printable(window.text)}\n  ${indent}${underline}${advice}\n`
}

/** The part of a long line around the place that is underlined. */
function cut(line: string, from: number, length: number): { text: string; from: number; length: number } {
  const widest = 110
  if (line.length <= widest) return { text: line, from, length }
  const start = Math.max(0, Math.min(from - 30, line.length - widest))
  const before = start > 0 ? '…' : ''
  const text = before + line.slice(start, start + widest) + (start + widest < line.length ? '…' : '')
  const shifted = from - start + before.length
  return { text, from: shifted, length: Math.min(length, text.length - shifted) }
}

/** As wide as the text above it: tabs stay tabs. */
function blanksUnder(text: string): string {
  return printable(text).replace(/[^\t]/gu, ' ')
}

function columnsOf(text: string): number {
  return Math.max(1, [...text].length)
}

/** Control characters other than tabs would move the cursor, or worse. */
function printable(text: string): string {
  return text.replace(/[\0-\x08\x0a-\x1f\x7f]/g, '\ufffd')
}
