import type { Diagnostic } from '../base/diagnostic.js'
import type { Span } from '../base/span.js'
import { Cursor } from './cursor.js'
import { tooDeep, type Finding } from './expected.js'
import type { StaticText } from './static-text.js'
import type { Comment, List } from './tree.js'

/** How deep lists, quotes and expansions may lie in each other; it keeps hostile text from exhausting the stack. */
const depthLimit = 200

/** What all readers of one text share. */
export class Context {
  readonly cursor: Cursor
  readonly diagnostics: Diagnostic[] = []
  readonly comments: Comment[] = []
  /** Delimiters of refused here-documents whose bodies begin after the next newline. */
  readonly hereDocuments: string[] = []
  /** Findings so far, also those that were not worth a report: a reader compares it to see whether all went well. */
  findings = 0
  /** No `[` before this position begins a bracket expression; spares looking again. */
  noBracketBefore = 0
  /** The innermost bracket that the reader stands in. */
  opening: Opening | undefined
  reportedCarriageReturn = false
  private depth = 0
  private silences = 0
  private stopped = false

  constructor(
    source: { readonly text: string } | StaticText,
    /** Reads the list after an opening bracket, and the closing one; here because words and lists contain each other. */
    readonly readList: (context: Context, opening: Opening) => List,
  ) {
    this.cursor = new Cursor(source.text, 'offsets' in source ? source.offsets : undefined)
  }

  /** Adds a finding; of several at one place the first counts. */
  report({ code, message, help }: Finding, span: Span): void {
    this.findings++
    if (this.stopped || this.silences > 0 || this.diagnostics.at(-1)?.span.start === span.start) return
    this.diagnostics.push({ code, message, span, ...(help !== undefined && { help }) })
  }

  /** Adds a finding after which nothing can be made sense of: what would follow from it is not reported. */
  fail(finding: Finding, span: Span): void {
    this.silences = 0
    this.report(finding, span)
    this.stopped = true
    this.cursor.moveTo(this.cursor.text.length)
  }

  /** Reads on only to find where a construct that is already reported ends. */
  silently(read: () => void): void {
    this.silences++
    read()
    this.silences--
  }

  /** Runs `read` one level deeper; fails at the limit. */
  nested<Result>(span: Span, read: () => Result): Result | undefined {
    if (this.depth >= depthLimit) {
      this.fail(tooDeep(depthLimit), span)
      return undefined
    }
    this.depth++
    const result = read()
    this.depth--
    return result
  }
}

/** The bracket that a list stands in, and where it was opened. */
export interface Opening {
  readonly text: '(' | '{' | '$(' | '<(' | '>('
  readonly span: Span
  /** The brackets around it. */
  readonly outer: Opening | undefined
}
