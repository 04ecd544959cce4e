/** Something that must be done before a run can go on. */
export type Request = { readonly isRequest: true } & (
  | /** To find out whether this is the last line. */
    { readonly kind: 'look-ahead' }
    /** To read a stream for r or R. */
  | { readonly kind: 'fetch'; readonly path: string }
  /** To send on what was written: a loop writes much. */
  | { readonly kind: 'drain' }
  /** To let others run: a loop may have no end. */
  | { readonly kind: 'breathe' }
)

/**
 * How a run through the commands ended: the cycle's end, with or without printing the pattern space; a new cycle
 * on what is left of it; or the end of everything.
 */
export type End = { readonly isRequest: false } & (
  | { readonly kind: 'end' | 'delete' | 'restart' }
  | { readonly kind: 'quit'; readonly exit: number; readonly prints: boolean }
)

export type Outcome = End | Request
