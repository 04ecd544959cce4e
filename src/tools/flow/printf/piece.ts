/** A part of a format, in the order in which it is printed. Texts are bytes, a character a byte. */
export type Piece = Literal | Conversion | { readonly kind: 'escaped' | 'quoted' }

/** What an escape can be. */
export type Literal =
  | { readonly kind: 'text'; readonly text: string }
  /** `\c`: the output ends there. */
  | { readonly kind: 'cut' }
  /** Found when it is reached, after what stands before it is printed. */
  | { readonly kind: 'mistake'; readonly message: string }

export interface Conversion {
  readonly kind: 'conversion'
  /** Its letter. */
  readonly letter: string
  /** Those of `-+ #0` that are given. */
  readonly flags: string
  readonly width: Size | undefined
  readonly precision: Size | undefined
  /** What is wrong with it, found when its sizes are taken. */
  readonly mistake: string | undefined
}

/** A number in the format, or the next argument (`*`). */
export type Size = number | 'argument'
