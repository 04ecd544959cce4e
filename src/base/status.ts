/** How a stage ended, by law 6. */
export type StatusClass = 'ok' | 'false' | 'error'

/** A stage's outcome. */
export interface StageOutcome {
  /** The stage as people name it: `grep`, `/usr/bin/cat`, `{ … }`. */
  readonly name: string
  /** 0 to 255; 128 + n for a real process that signal n ended. */
  readonly code: number
  /** The signal that ended it; `SIGPIPE` also for a stage of ours whose reader was done. */
  readonly signal?: NodeJS.Signals
  readonly class: StatusClass
  /** Whether it said itself, on standard error, what went wrong. */
  readonly explained?: boolean
}
