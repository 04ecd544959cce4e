/**
 * The dialects of POSIX regular expressions, as the bits of GNU regex that differ between our tools
 * (GNU libc manual, "POSIX Regular Expression Compilation"; gnulib manual, "Syntax Bits").
 */
export interface Syntax {
  /** `( ) { } |` are operators without a backslash, anchors and operators count everywhere. */
  readonly extended: boolean
  /** `+` and `?` are operators without a backslash. */
  readonly barePlus: boolean
  /** Intervals and `[:class:]` exist. */
  readonly intervalsAndClasses: boolean
  /** An operator with nothing to repeat is an error; otherwise it is skipped (extended) or literal (basic). */
  readonly strayOperator: 'error' | 'skip' | 'literal'
  /** `a**` and a leading `\{` are errors. */
  readonly refuseDuplication: boolean
  /** `)` without `(` is a literal. */
  readonly strayCloseIsLiteral: boolean
  /** `a{x` is a literal. */
  readonly badIntervalIsLiteral: boolean
  /** `[b-a]` is empty instead of an error. */
  readonly emptyRanges: boolean
  /** Ignoring case, `[A-z]` means `[A-Z]`, as regex has it; otherwise each byte is folded, as grep has it. */
  readonly foldRangeEnds: boolean
  /** `\| \+ \?` are operators of the basic syntax. */
  readonly basicExtensions: boolean
  /** `\w \W \s \S \< \> \b \B` and the anchors of the whole text exist. */
  readonly gnuEscapes: boolean
  /** `[^a]` matches a newline also where lines are matched one by one (sed's M flag). */
  readonly complementHasNewline: boolean
}

const basic: Syntax = {
  extended: false,
  barePlus: false,
  intervalsAndClasses: true,
  strayOperator: 'literal',
  refuseDuplication: false,
  strayCloseIsLiteral: false,
  badIntervalIsLiteral: false,
  emptyRanges: false,
  foldRangeEnds: false,
  basicExtensions: true,
  gnuEscapes: true,
  complementHasNewline: false,
}

const extended: Syntax = {
  ...basic,
  extended: true,
  barePlus: true,
  strayOperator: 'skip',
  strayCloseIsLiteral: true,
  badIntervalIsLiteral: true,
}

const sedBasic: Syntax = { ...basic, refuseDuplication: true, foldRangeEnds: true }

const sedExtended: Syntax = {
  ...extended,
  strayOperator: 'error',
  strayCloseIsLiteral: false,
  badIntervalIsLiteral: false,
  foldRangeEnds: true,
}

/** The syntaxes of the tools that have regular expressions. */
export const syntaxes = {
  grepBasic: basic,
  grepExtended: extended,
  sedBasic,
  sedExtended,
  /** `sed --posix`. */
  sedPosixBasic: { ...sedBasic, basicExtensions: false, gnuEscapes: false },
  sedPosixExtended: { ...sedExtended, gnuEscapes: false },
  /** `nl`, `csplit`, `expr`. */
  lenientBasic: { ...basic, emptyRanges: true, foldRangeEnds: true },
  /** `tac -r`. */
  emacs: {
    ...basic,
    barePlus: true,
    intervalsAndClasses: false,
    foldRangeEnds: true,
    complementHasNewline: true,
  },
} as const satisfies Record<string, Syntax>
