/** How scripts are read. */
export interface Dialect {
  /** `-E`. */
  readonly extended: boolean
  /** `--posix`: without GNU's commands and operators. */
  readonly posix: boolean
  /** `--posix`, or POSIXLY_CORRECT in the environment: where POSIX and GNU differ, as POSIX has it. */
  readonly conforms: boolean
  readonly sandbox: boolean
}
