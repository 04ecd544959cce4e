/** Which lines to take, and how many at most. */
export interface LineOptions {
  /** Take the lines that do not match. */
  readonly invert?: boolean
  readonly limit?: number
}

/** How far a call went. */
export interface LineResult {
  /** Lines taken. */
  readonly count: number
  /** Offset in the batch of the first line not looked at; the text's end unless the limit or the room ran out. */
  readonly next: number
  /** Bytes written to the output address by `copy`. */
  readonly written: number
}

/** What is done with a line that is taken. */
export type LineTarget =
  | { readonly kind: 'count' }
  /** Writes pairs of offsets into the batch, without the terminator, as far as there is room. In kernel memory. */
  | { readonly kind: 'list'; readonly spans: Uint32Array }
  /** Writes the lines, each with its terminator, to an address with room for the text and one byte. */
  | { readonly kind: 'copy'; readonly address: number }
