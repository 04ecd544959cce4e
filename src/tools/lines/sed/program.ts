/**
 * A script as data. Texts are byte strings: a character a byte.
 * GNU sed manual, "sed scripts".
 */
export interface Program {
  readonly commands: readonly Command[]
  /** The script began with a line `#n`. */
  readonly isQuiet: boolean
}

/** A regular expression; an empty source stands for the one last used. */
export interface Pattern {
  readonly source: string
  readonly ignoreCase: boolean
  readonly multiline: boolean
}

export type Address =
  | { readonly kind: 'line'; readonly number: number }
  /** `FIRST~STEP` */
  | { readonly kind: 'step'; readonly first: number; readonly step: number }
  | { readonly kind: 'last' }
  | { readonly kind: 'pattern'; readonly pattern: Pattern }

/** Where a range ends. */
export type RangeEnd =
  | Address
  /** `+N` */
  | { readonly kind: 'more'; readonly count: number }
  /** `~N` */
  | { readonly kind: 'multiple'; readonly of: number }

/** Which lines a command is for. */
export interface Selector {
  readonly from: Address
  readonly to: RangeEnd | undefined
}

export type Command = {
  /** Undefined for every line. */
  readonly selector: Selector | undefined
  /** `!`: the lines not selected. */
  readonly isNegated: boolean
} & Action

export type Action =
  | { readonly name: SimpleName }
  /** Goes on at `target`, an index of the program's commands, for lines that are not selected. */
  | { readonly name: '{'; readonly target: number }
  | { readonly name: 'b' | 't' | 'T'; readonly target: number }
  | { readonly name: 'a' | 'i' | 'c'; readonly text: Buffer }
  | { readonly name: 'q' | 'Q'; readonly exit: number }
  | { readonly name: 'l'; readonly width: number | undefined }
  /** `0r` puts the file before the first line. */
  | { readonly name: 'r'; readonly path: string; readonly isBefore: boolean }
  | { readonly name: 'R' | 'w' | 'W'; readonly path: string }
  | { readonly name: 'y'; readonly table: Uint8Array }
  | { readonly name: 's'; readonly substitution: Substitution }

export const simpleNames = ['=', 'd', 'D', 'F', 'g', 'G', 'h', 'H', 'n', 'N', 'p', 'P', 'x', 'z'] as const
export type SimpleName = (typeof simpleNames)[number]

export interface Substitution {
  readonly pattern: Pattern
  readonly replacement: readonly Piece[]
  readonly isGlobal: boolean
  /** The first match to replace, from 1. */
  readonly number: number
  readonly prints: boolean
  readonly path: string | undefined
}

/** A part of a replacement: bytes as they are, then a group of the match. */
export interface Piece {
  readonly literal: Buffer
  readonly group: number | undefined
  readonly letters: LetterCase
  /** What `\u` or `\l` asks for. */
  readonly firstLetter: LetterCase
}

export type LetterCase = 'as-is' | 'upper' | 'lower'

/** The group with the highest number that a replacement refers to. */
export function highestGroup(replacement: readonly Piece[]): number {
  return replacement.reduce((highest, { group }) => Math.max(highest, group ?? 0), 0)
}

export function changesLetters(replacement: readonly Piece[]): boolean {
  return replacement.some(({ letters, firstLetter }) => letters !== 'as-is' || firstLetter !== 'as-is')
}
