import type { RegexOptions } from '../../../kernel/regex/index.js'
import type { Exclusion } from './exclusion.js'

/** What `grep` looks for. */
export interface Search {
  readonly patterns: readonly Uint8Array[]
  readonly regex: RegexOptions
  readonly invert: boolean
}

/** How the selected lines are written, or what instead of them. */
export interface Style {
  /** Names of files, counts or nothing instead of lines. */
  readonly report: 'lines' | 'count' | 'files-with-match' | 'files-without-match' | 'nothing'
  readonly onlyMatching: boolean
  readonly lineNumber: boolean
  readonly byteOffset: boolean
  readonly alignTabs: boolean
  /** A NUL stands behind file names. */
  readonly nullName: boolean
  /** Lines of context; undefined when none was asked for, which writes no separators either. */
  readonly before: number | undefined
  readonly after: number | undefined
  /** Stands between groups of lines; undefined for nothing. */
  readonly separator: string | undefined
  readonly color: 'always' | 'never' | 'auto'
}

/** Which files are read, and how. */
export interface Selection {
  readonly operands: readonly string[]
  /** The only operand is the working folder, which nobody named. */
  readonly isFolderImplied: boolean
  readonly directories: 'read' | 'recurse' | 'skip'
  /** Symbolic links within directories are followed. */
  readonly followLinks: boolean
  readonly devices: 'read' | 'read-operands' | 'skip'
  readonly exclusion: Exclusion
  /** Whether names are shown; undefined when it depends on what is found. */
  readonly showNames: boolean | undefined
  readonly label: string | undefined
}

export interface Settings {
  readonly search: Search
  readonly style: Style
  readonly selection: Selection
  readonly binaryFiles: 'binary' | 'text' | 'without-match'
  /** The byte behind a line. */
  readonly terminator: number
  /** Lines to select in each file at most; Infinity for all. */
  readonly maxCount: number
  readonly noMessages: boolean
  /** Of patterns and obsolete options; said when the run begins. */
  readonly warnings: readonly string[]
}
