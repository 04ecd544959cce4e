/** A spec that runs in every engine, and in real bash with the real tools. */
export interface Case {
  readonly title: string
  readonly spec: string
  readonly stdin?: string
  /** Exit code by law 6; 0 when absent. */
  readonly exit?: number
  /** Where bash with pipefail says otherwise: its code, or why it cannot be told. */
  readonly bashExit?: number | 'varies'
  /** Why bash's output is not compared. */
  readonly bash?: string
}
