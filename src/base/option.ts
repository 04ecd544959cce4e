/**
 * The options of a tool, declared once: the parser, `--help`, the man page, completion and the TypeScript
 * factories all read this.
 */
export interface OptionDeclaration {
  /** Short names, without the dash: `n`; several mean the same (`R` and `r`). */
  readonly short?: string | readonly string[]
  /** Long names, without the dashes; the first is the one shown. */
  readonly long?: string | readonly string[]
  /** The argument's name in help (`LIST`); absent when the option takes none. */
  readonly value?: string
  /** The argument may be left out: `--color[=WHEN]`, `-i[SUFFIX]`. */
  readonly optionalValue?: boolean
  /** One phrase for help, lower case, no full stop. */
  readonly help: string
  /** Accepted but not shown: undocumented spellings of the original tool. */
  readonly hidden?: boolean
}

/** Keys are the option's name in code and in TypeScript factories, in camel case. */
export type OptionTable = Readonly<Record<string, OptionDeclaration>>

/** One option as it stood among the arguments. */
export interface Occurrence<Key extends string = string> {
  readonly key: Key
  /** The option's argument, undefined when it takes none or was left out. */
  readonly value: string | undefined
  /** Index of the argument that held the option. */
  readonly argument: number
  /** The option as written: `-n`, `--lines`. */
  readonly spelling: string
}

/** Arguments after the parser, before the tool has looked at their values. */
export interface Arguments<Table extends OptionTable = OptionTable> {
  /** Every option in order, for tools where order matters. */
  readonly options: readonly Occurrence<Extract<keyof Table, string>>[]
  readonly operands: readonly string[]
  /** For each operand, its index among the arguments. */
  readonly operandIndex: readonly number[]
  /** Whether the option was given. */
  has(key: Extract<keyof Table, string>): boolean
  /** The argument of the option's last occurrence. */
  value(key: Extract<keyof Table, string>): string | undefined
  /** The last occurrence of any of the keys: the one that wins. */
  last(...keys: Extract<keyof Table, string>[]): Occurrence<Extract<keyof Table, string>> | undefined
  /** All occurrences of one key. */
  all(key: Extract<keyof Table, string>): readonly Occurrence[]
}
