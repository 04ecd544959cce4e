/** A pattern is not valid; the message is the C library's (regerror) or GNU grep's. */
export class RegexError extends Error {
  constructor(
    message: string,
    /** Offset in bytes into the pattern. */
    readonly offset: number,
    /** Index of the pattern among those compiled together. */
    readonly pattern = 0,
  ) {
    super(message)
  }
}

/** Something GNU grep warns about; `message` is its text after `warning: `. */
export interface RegexWarning {
  readonly kind: 'stray-backslash' | 'stray-operator'
  readonly message: string
  readonly offset: number
  readonly pattern: number
}

export const messages = {
  badPattern: 'Invalid regular expression',
  collation: 'Invalid collation character',
  className: 'Invalid character class name',
  trailingBackslash: 'Trailing backslash',
  backReference: 'Invalid back reference',
  bracket: 'Unmatched [, [^, [:, [., or [=',
  open: 'Unmatched ( or \\(',
  close: 'Unmatched ) or \\)',
  brace: 'Unmatched \\{',
  intervalContent: 'Invalid content of \\{\\}',
  range: 'Invalid range end',
  tooDeep: 'stack overflow',
  tooBig: 'Regular expression too big',
  preceding: 'Invalid preceding regular expression',
  classSyntax: 'character class syntax is [[:space:]], not [:space:]',
} as const
