import { wrap } from './text.js'

/** Pieces of a man page in man(7) macros. */

/** Text for a roff line: backslashes, and a dot or quote that would begin a request, are escaped. */
export function escapeRoff(text: string): string {
  const escaped = text
    .replace(/\\/g, '\\e')
    .replace(/-/g, '\\-')
    .replace(/`/g, '\\(ga')
    .replace(/'/g, '\\(aq')
    .replace(/\^/g, '\\(ha')
    .replace(/~/g, '\\(ti')
  return escaped.replace(/^\./gm, '\\&.')
}

/** What mandoc takes as a short source line, in bytes. */
const width = 72

/** Prose: words in backquotes become bold. */
export function prose(text: string): string {
  const marked = text
    .replace(/…/g, '...')
    .split(/(`[^`]+`)/)
    .map((piece) =>
      /^`[^`]+`$/.test(piece) ? `\\fB${escapeRoff(piece.slice(1, -1))}\\fR` : escapeProse(piece),
    )
    .join('')
  // A dot or a quote at the beginning of a line would be a request.
  return wrap(marked, width)
    .map((line) => line.replace(/^[.']/, '\\&$&'))
    .join('\n')
}

function escapeProse(text: string): string {
  return text.replace(/\\/g, '\\e').replace(/`/g, '\\(ga')
}

export function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`.SH ${title}`, ...lines]
}

/** A term with its explanation. */
export function tagged(term: string, explanation: string): string[] {
  return ['.TP', term, prose(explanation)]
}

/** Text that keeps its lines. */
export function literal(text: string): string[] {
  return ['.PP', '.RS 4', '.nf', ...escapeRoff(text).split('\n'), '.fi', '.RE']
}

/** A paragraph; one that begins with two spaces keeps its lines. */
export function paragraph(text: string, first: boolean): string[] {
  if (text.startsWith('  ')) return literal(text)
  return [...(first ? [] : ['.PP']), prose(text)]
}

/** The first line of a page. `date` is the release's. */
export function header(name: string, section: number, date: string, source: string, title: string): string {
  return `.TH ${name.toUpperCase()} ${section} ${date} "${source}" "${title}"`
}
