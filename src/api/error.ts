import type { Diagnostic } from '../base/diagnostic.js'
import type { StageOutcome } from '../base/status.js'

/** How a pipeline ended. */
export interface Outcome {
  readonly ok: boolean
  /** The pipeline's exit code : the rightmost failing stage's, else the last stage's. */
  readonly code: number
  /** Every stage, in the order in which they ended. */
  readonly stages: readonly StageOutcome[]
  /** What the stages wrote on standard error, unless that went elsewhere. */
  readonly stderr: string
}

/**
 * The one error of this interface. Wrong before the start: `diagnostics` says what, nothing ran, `code` is 2 or
 * 127. Failed while running: `stages` says how each ended. Aborted: `aborted` is true and `cause` is the signal's
 * reason.
 */
export class PipelineError extends Error implements Outcome {
  override readonly name = 'PipelineError'
  readonly ok = false
  readonly code: number
  readonly stages: readonly StageOutcome[]
  readonly stderr: string
  readonly diagnostics: readonly Diagnostic[]
  readonly aborted: boolean

  constructor(
    message: string,
    details: Partial<Omit<Outcome, 'ok'>> & {
      readonly diagnostics?: readonly Diagnostic[]
      readonly aborted?: boolean
      readonly cause?: unknown
    },
  ) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined)
    this.code = details.code ?? 1
    this.stages = details.stages ?? []
    this.stderr = details.stderr ?? ''
    this.diagnostics = details.diagnostics ?? []
    this.aborted = details.aborted ?? false
  }
}
