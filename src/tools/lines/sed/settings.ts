import type { Dialect } from './dialect.js'
import type { Program } from './program.js'

/** What a run of `sed` needs. */
export interface Settings {
  readonly program: Program
  readonly files: readonly string[]
  readonly isQuiet: boolean
  readonly dialect: Dialect
  /** Each file has its own line numbers and last line. */
  readonly isSeparate: boolean
  /** Undefined unless files are edited in place; the suffix for backups, empty for none. */
  readonly inPlace: string | undefined
  readonly followsLinks: boolean
  /** The byte behind a line. */
  readonly delimiter: number
  /** Where `l` wraps; 0 for nowhere. */
  readonly lineWidth: number
}
