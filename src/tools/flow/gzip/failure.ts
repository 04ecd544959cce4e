/** Why one input is not worked on, or not to its end. `text` is all that standard error gets, newline aside. */
export class Failure extends Error {
  /** The exit code it leads to: 1 for an error, 2 for a warning. */
  readonly exit: 1 | 2
  /** `-q` suppresses it. */
  readonly isQuietable: boolean
  /** Nothing more is done, whatever files are left. */
  readonly endsAll: boolean

  constructor(
    readonly text: string,
    kind: { readonly exit?: 1 | 2; readonly isQuietable?: boolean; readonly endsAll?: boolean } = {},
  ) {
    super(text)
    this.exit = kind.exit ?? 1
    this.isQuietable = kind.isQuietable ?? this.exit === 2
    this.endsAll = kind.endsAll ?? false
  }
}

/** The input ended too early, which ends all. */
export function endOfFile(name: string): Failure {
  return new Failure(`\ngzip: ${name}: unexpected end of file`, { endsAll: true })
}
