import type { Span } from './span.js'

/**
 * One finding about a spec, made before anything runs.
 * `code` is stable (`unknown-tool`, `bad-option`, `syntax`, …); `message` says what is wrong, without a
 * full stop; `help` says what to write instead.
 */
export interface Diagnostic {
  readonly code: string
  readonly message: string
  readonly span: Span
  readonly help?: string
}
