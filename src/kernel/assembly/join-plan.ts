// What `join` writes of two sorted files. src/tools/lines/join/plan.ts makes the plan; its layout, in 32-bit words:

export const LINE_END: usize = 0
export const TAB: usize = 4 // the byte that parts fields, BLANKS or NO_TAB
export const IGNORE_CASE: usize = 8
export const CHECK: usize = 12 // when the order of lines matters, see below
export const SHOWN: usize = 16 // unpaired lines of the first side, 1, and of the second, 2; paired lines, 4
export const SEPARATOR: usize = 20 // the byte that parts fields in the output
export const FILLER: usize = 24 // what stands for an empty field: its address and length
export const FILLER_LENGTH: usize = 28
export const FORMAT: usize = 32 // pairs of words: a side, 1 or 2, or 0 for the key, and a field
export const FORMAT_LENGTH: usize = 36 // how many pairs; without any, the output is the key and then all other fields
export const COUNTED: usize = 40 // every line is written with as many fields as the first one of its side
export const HAS_HEADER: usize = 44
// What goes on from call to call; zero at first.
export const PHASE: usize = 48
export const WANTED: usize = 52 // the sides to read a line from, 1 and 2; 3 at first
export const IS_UNPAIRED: usize = 56 // see below
export const LEFT: usize = 60 // the next two lines to be paired
export const RIGHT: usize = 64
export const WRITTEN: usize = 68 // set by each call: the end of the output
export const SIDES: usize = 72

// A side: its group, the lines that have the same key, and the line read last, which is the group's last one or, when
// the group is complete, the one behind it. All lines in memory end with the line end.
export const SIDE_SIZE: usize = 72
export const GROUP: usize = 0 // where the group begins, and its first line's key
export const GROUP_KEY: usize = 4
export const GROUP_KEY_END: usize = 8
export const LINE: usize = 12 // the line read last
export const LINE_KEY: usize = 16
export const LINE_KEY_END: usize = 20
export const NEXT: usize = 24 // where the next line begins
export const END: usize = 28 // where the lines that were read end
export const IS_LAST: usize = 32 // whether no more can be read
export const HAS_GROUP: usize = 36
export const HAS_LINE: usize = 40
export const HAS_PREVIOUS: usize = 44 // whether the next line has one before it to be compared with
export const IS_REPORTED: usize = 48 // whether disorder has been reported
export const KEY_FIELD: usize = 52
export const FIELD_COUNT: usize = 56
export const LINE_NUMBER: usize = 64 // 64 bits

export const BLANKS: u32 = 256
export const NO_TAB: u32 = 257 // the line is one field
export const ALL_FIELDS: u32 = 0xffffffff

export const CHECK_NEVER: u32 = 0
export const CHECK_ALWAYS: u32 = 1
export const CHECK_UNPAIRED: u32 = 2

// A line without its like counts from the line behind its successor on, as in GNU join.
export const UNPAIRED_NOW: u32 = 1
export const UNPAIRED_BEFORE: u32 = 2
