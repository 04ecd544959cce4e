/** Why a run through the cycles stopped. */
export type Outcome =
  /** No line is at hand, or as many cycles were begun as may be. */
  | { readonly kind: 'paused' }
  /** The end of everything: the exit code, and whether the pattern space is printed. */
  | { readonly kind: 'quit'; readonly exit: number; readonly prints: boolean }
  | Request

/** Something that must be done before the run can go on. */
export type Request =
  /** To find out whether this is the last line. */
  | { readonly kind: 'look-ahead' }
  /** To read a stream for r or R. */
  | { readonly kind: 'fetch'; readonly path: string }
  /** To send on what was written. */
  | { readonly kind: 'drain' }
  /** To let others run: a loop may have no end. */
  | { readonly kind: 'breathe' }
