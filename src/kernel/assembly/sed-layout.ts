// Where a script of sed and the run of it lie in memory, in bytes; src/tools/lines/sed/layout.ts has the same. A run stops for
// what only TypeScript can do, and goes on where it stopped.

// A run.
export const PROGRAM: usize = 0
export const PROGRAM_END: usize = 4
export const COMMAND: usize = 8 // address of the one in hand
export const PHASE: usize = 12
export const BATCH: usize = 16
export const BATCH_END: usize = 20
export const NEXT: usize = 24 // where the next line begins
export const ENDS_WITH_BATCH: usize = 28 // whether nothing is known to come behind the batch
export const CYCLES: usize = 32 // how many more may begin
export const PATIENCE: usize = 36 // what may be done before others have their turn
export const OUT: usize = 40
export const OUT_END: usize = 44
export const LACKS_DELIMITER: usize = 48 // what was written last was the input's last line, without one
export const HAS_APPENDED: usize = 52 // something is to be written behind the cycle
export const HAS_REPLACED: usize = 56
export const IS_ORIGINAL: usize = 60 // the pattern space is a line as it was read
export const RESTARTS: usize = 64 // the next cycle goes on with what the pattern space holds
export const ANSWER: usize = 68 // to what was asked for: ANSWERED_NO or ANSWERED_YES
export const ASKED: usize = 72 // address of the pattern or the space that the run stopped for
export const NEEDED: usize = 76 // bytes of room
export const LAST_PATTERN: usize = 80 // the number of the one last used
export const DELIMITER: usize = 84
export const IS_QUIET: usize = 88
export const CONFORMS: usize = 92
export const LINE_NUMBER: usize = 96 // f64
export const PATTERN_SPACE: usize = 104
export const HOLD_SPACE: usize = 128
export const SPARE: usize = 152 // a block and its capacity, which a new pattern space is made in
export const PRINTED: usize = 176 // bytes of the text that is being written

export const PATTERNS: usize = 180 // addresses of patterns by their numbers

// A space: the bytes from FROM to TO, in its own block or in the input's batch.
export const BLOCK: usize = 0
export const CAPACITY: usize = 4
export const FROM: usize = 8
export const TO: usize = 12
export const IS_TERMINATED: usize = 16
export const IS_IN_BATCH: usize = 20

// A command.
export const NAME: usize = 0
export const IS_NEGATED: usize = 4
export const FIRST: usize = 8 // the first address
export const SECOND: usize = 32
export const RANGE_STATE: usize = 56
export const TARGET: usize = 60 // address of a command
export const RANGE_LAST: usize = 64 // f64: the last line of an open range, where it is known
export const DATA: usize = 72 // address of a text, a table or a substitution
export const LENGTH: usize = 76 // of the text
export const COMMAND_BYTES: usize = 80

// An address.
export const KIND: usize = 0
export const PATTERN: usize = 4
export const NUMBER: usize = 8 // f64
export const STEP: usize = 16 // f64

// A pattern: which of the batch's lines match it, as far as they were looked at.
export const ID: usize = 0 // its number, NO_PATTERN for the empty pattern
export const IS_LISTED: usize = 4 // whether it can be looked for in many lines
export const LINES: usize = 8 // address of spans, as offsets from the batch
export const LINE_COUNT: usize = 12
export const LINE_INDEX: usize = 16
export const LOOKED_FROM: usize = 20 // offset
export const LOOKED_TO: usize = 24
export const LOOP: usize = 28 // control block of `listMatches`, 0 for none

// A substitution: as a pattern, but with all matches and their groups.
export const MATCHES: usize = 8
export const MATCH_COUNT: usize = 12
export const MATCH_INDEX: usize = 16
export const STRIDE: usize = 32 // bytes of a match with its groups
export const PARTS: usize = 36
export const PART_COUNT: usize = 40
export const LITERAL_BYTES: usize = 44
export const GROUP_USES: usize = 48
export const WHICH: usize = 52 // the first match to replace, from 1
export const IS_GLOBAL: usize = 56
export const PRINTS: usize = 60
export const SPANS: usize = 64 // room for the matches of one text
export const SPANS_END: usize = 68
export const WAS_USED: usize = 72 // whether the command has run

export const NO_PATTERN: u32 = 0xffffffff
export const ANSWERED_NO: u32 = 1
export const ANSWERED_YES: u32 = 2

// Names of commands; 0 is for those done elsewhere.
export const BLOCK_BEGIN: u32 = 1 // {
export const BRANCH: u32 = 2 // b
export const BRANCH_IF: u32 = 3 // t
export const BRANCH_UNLESS: u32 = 4 // T
export const NUMBER_LINE: u32 = 5 // =
export const TEXT: u32 = 6 // i
export const CHANGE: u32 = 7 // c
export const DELETE_ALL: u32 = 8 // d
export const DELETE_LINE: u32 = 9 // D
export const GET: u32 = 10 // g
export const GET_MORE: u32 = 11 // G
export const HOLD: u32 = 12 // h
export const HOLD_MORE: u32 = 13 // H
export const NEXT_LINE: u32 = 14 // n
export const NEXT_TOO: u32 = 15 // N
export const PRINT: u32 = 16 // p
export const PRINT_LINE: u32 = 17 // P
export const SUBSTITUTE: u32 = 18 // s
export const EXCHANGE: u32 = 19 // x
export const TRANSLATE: u32 = 20 // y
export const ZAP: u32 = 21 // z
export const QUIT_NOW: u32 = 22 // q, Q

// Kinds of address.
export const NOWHERE: u32 = 0
export const LINE: u32 = 1
export const EVERY: u32 = 2 // FIRST~STEP
export const LAST_LINE: u32 = 3
export const MATCHING: u32 = 4
export const MORE: u32 = 5 // +N
export const MULTIPLE: u32 = 6 // ~N

// States of a range.
export const BEFORE: u32 = 0
export const INSIDE: u32 = 1
export const BEHIND: u32 = 2

// Phases.
export const BEGIN: u32 = 0 // a cycle is to begin
export const SELECT: u32 = 1 // it is to be found out whether the command is for this line
export const EXECUTE: u32 = 2 // it is
export const REST: u32 = 3 // the first part of it is done
export const FINISH: u32 = 4 // the pattern space is to be printed
export const LEAVE: u32 = 5 // what was appended is to be written

// What a step comes to: a selection is NO or YES, and whatever is above means that the run stops.
export const NO: u32 = 0
export const YES: u32 = 1
export const GO_ON: u32 = 0
export const GO_TO: u32 = 1 // the command's target
export const END_CYCLE: u32 = 2
export const DELETE: u32 = 3
// Stops.
export const PAUSED: u32 = 8 // no line is at hand, or no more cycles may begin
export const LOOK_AHEAD: u32 = 9 // is this the last line?
export const NO_ROOM: u32 = 10 // for NEEDED bytes of output
export const GROW: u32 = 11 // the space at ASKED to NEEDED bytes
export const ASK: u32 = 12 // whether the pattern space matches the pattern at ASKED
export const LIST_LINES: u32 = 13 // that match the pattern at ASKED
export const LIST_MATCHES: u32 = 14 // of the command
export const DO: u32 = 15 // the command
export const WRITE_APPENDED: u32 = 16
export const BREATHE: u32 = 17
export const QUIT: u32 = 18
