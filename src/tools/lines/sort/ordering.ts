import { ToolError } from '../../../base/error.js'

/** How one key is compared. */
export interface KeyOptions {
  readonly skipStartBlanks: boolean
  readonly skipEndBlanks: boolean
  readonly dictionary: boolean
  readonly fold: boolean
  readonly general: boolean
  readonly human: boolean
  readonly nonprinting: boolean
  readonly month: boolean
  readonly numeric: boolean
  readonly random: boolean
  readonly reverse: boolean
  readonly version: boolean
}

/** A key: where it stands in the line and how it is compared. */
export interface Key extends KeyOptions {
  /** Fields before the key, and bytes of its field before it; undefined: it starts with the line. */
  readonly start: { readonly field: number; readonly byte: number } | undefined
  /**
   * Fields before the one that the key ends in, and how many bytes of that it holds, 0 for all; undefined: it ends
   * with the line.
   */
  readonly end: { readonly field: number; readonly byte: number } | undefined
  /** Written as `+POS1 -POS2`. */
  readonly obsolete: boolean
}

/** What lines are sorted by. */
export interface Ordering {
  readonly keys: readonly Key[]
  /** The options outside of keys; `reverse` among them turns the last resort round. */
  readonly global: KeyOptions
  /** Whether the only key stands for the global options. */
  readonly isGlobalOnly: boolean
  /** The byte that parts fields; undefined: the empty string between a non-blank and a blank. */
  readonly tab: number | undefined
  readonly delimiter: number
  /** No last resort. */
  readonly stable: boolean
  /** Lines that compare equal are one. */
  readonly unique: boolean
}

export const noOptions: KeyOptions = {
  skipStartBlanks: false,
  skipEndBlanks: false,
  dictionary: false,
  fold: false,
  general: false,
  human: false,
  nonprinting: false,
  month: false,
  numeric: false,
  random: false,
  reverse: false,
  version: false,
}

/** A key that is the whole line. */
export const wholeLine = { start: undefined, end: undefined, obsolete: false } as const

/** Which end of a key an option letter was written at. */
export type KeyEnd = 'start' | 'end' | 'both'

/** Reads option letters from the front of `text`; `rest` is what follows them. */
export function readLetters(
  text: string,
  options: KeyOptions,
  at: KeyEnd,
): { readonly options: KeyOptions; readonly rest: string } {
  const letters = /^[bdfghiMnRrV]*/.exec(text)?.[0] ?? ''
  const read = [...letters].reduce((all, letter) => ({ ...all, ...meaningOf(letter, at) }), options)
  // What is no letter, digit or blank includes what cannot be printed.
  const nonprinting = read.nonprinting && !read.dictionary
  return { options: { ...read, nonprinting }, rest: text.slice(letters.length) }
}

function meaningOf(letter: string, at: KeyEnd): Partial<KeyOptions> {
  if (letter !== 'b') return { [optionOf[letter as keyof typeof optionOf]]: true }
  return {
    ...(at === 'end' ? {} : { skipStartBlanks: true }),
    ...(at === 'start' ? {} : { skipEndBlanks: true }),
  }
}

// In the order in which messages list them, behind `b`.
const optionOf = {
  d: 'dictionary',
  f: 'fold',
  g: 'general',
  h: 'human',
  i: 'nonprinting',
  M: 'month',
  n: 'numeric',
  R: 'random',
  r: 'reverse',
  V: 'version',
} as const satisfies Readonly<Record<string, keyof KeyOptions>>

/** The letters of the options that are set. */
export function lettersOf(options: KeyOptions): string {
  const blanks = options.skipStartBlanks || options.skipEndBlanks ? 'b' : ''
  const others = Object.entries(optionOf).filter(([, option]) => options[option])
  return blanks + others.map(([letter]) => letter).join('')
}

/** A key without options of its own takes the global ones. */
export function inherit(key: Key, global: KeyOptions): Key {
  return lettersOf(key) === '' ? { ...key, ...global } : key
}

/** Throws `ToolError` when a key is to be compared in two ways. */
export function checkCompatible(options: KeyOptions): void {
  const { numeric, general, human, month, version, random, dictionary, nonprinting } = options
  const asText = version || random || dictionary || nonprinting
  const ways = [numeric, general, human, month, asText].filter(Boolean).length
  if (ways <= 1) return
  const letters = lettersOf({ ...options, skipStartBlanks: false, skipEndBlanks: false, reverse: false })
  throw incompatible(letters)
}

/** `letters` cannot be given together. */
export function incompatible(letters: string): ToolError {
  return new ToolError(`options '-${letters}' are incompatible`)
}

export function isNumeric({ numeric, general, human }: KeyOptions): boolean {
  return numeric || general || human
}

/** Whether lines that compare as equal are the same bytes, so that the input's order makes no difference. */
export function isTotal({ keys, stable, unique }: Ordering): boolean {
  return !keys.some(({ random }) => random) && (keys.length === 0 || !(stable || unique))
}
