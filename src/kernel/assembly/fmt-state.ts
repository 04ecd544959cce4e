// What `fmt` keeps from line to line. src/tools/lines/fmt/plan.ts lays it out; its 32-bit words:

export const MODE: usize = 0
export const IS_UNIFORM: usize = 4
export const WIDTH: usize = 8
export const GOAL: usize = 12
export const PREFIX: usize = 16 // the address of the prefix without the spaces around it
export const PREFIX_LENGTH: usize = 20
export const PREFIX_LEAD: usize = 24 // the spaces before it
export const PREFIX_FULL: usize = 28 // its length with those behind it
// What goes on from call to call; zero at the beginning of a file.
export const OUT: usize = 32 // what was written: [OUT, OUT_END), with room up to OUT_LIMIT
export const OUT_END: usize = 36
export const OUT_LIMIT: usize = 40
export const COLUMN: usize = 44 // of the output
export const USES_TABS: usize = 48 // whether the file has any so far: then spaces are written as tabs where they can
export const LINES: usize = 52 // of the paragraph
export const PREFIX_INDENT: usize = 56 // where its prefixes begin
export const FIRST_INDENT: usize = 60 // where its first line's words begin, and those of the others
export const OTHER_INDENT: usize = 64
export const LAST_LENGTH: usize = 68 // of the line written before its words, 0 when there is none
export const WORD_COUNT: usize = 72
export const TEXT_LENGTH: usize = 76
const TEXT: usize = 80

// GNU fmt holds no more of a paragraph; as it chooses breaks by what it holds, neither may we.
export const MOST_BYTES: i32 = 5000
export const MOST_WORDS: i32 = 998

/** Copying may touch as many bytes behind a text. */
export const SLACK: usize = 16

const WORDS: usize = TEXT + 5000 + 16 + 8

export const FILL: i32 = 0
export const SPLIT: i32 = 1
export const CROWN: i32 = 2
export const TAGGED: i32 = 3

// A word, and the best line that begins with it. The one behind the last is being read.
export const WORD_SIZE: usize = 48
export const COST: usize = 0 // of the lines from this word on, 64 bits
export const LEAST: usize = 8 // the least cost of some words before it and its own, 64 bits
export const START: usize = 16 // its address
export const LENGTH: usize = 20
export const SPACE: usize = 24 // the columns behind it, where no line ends
export const MARKS: usize = 28
export const NEXT: usize = 32 // the word that begins the line after
export const LINE_LENGTH: usize = 36 // in columns
export const END: usize = 40 // the column where the word before it ends if all stand on one line

export const OPENS: u32 = 1 // begins with a bracket or a quote
export const IS_PUNCTUATED: u32 = 2
export const HAS_PERIOD: u32 = 4 // ends as a sentence does, but for closing brackets and quotes
export const IS_FINAL: u32 = 8 // ends a sentence

@inline export function textOf(plan: usize): usize {
  return plan + TEXT
}

@inline export function firstWord(plan: usize): usize {
  return plan + WORDS
}

/** The word behind the last. */
@inline export function wordLimit(plan: usize): usize {
  return plan + WORDS + <usize>load<u32>(plan, WORD_COUNT) * WORD_SIZE
}
