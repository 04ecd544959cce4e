/**
 * Where a script and the run of it lie in kernel memory, in words of four bytes: src/kernel/assembly/sed-layout.ts has the
 * same in bytes, and says what each is.
 */
export const Run = {
  program: 0,
  programEnd: 1,
  command: 2,
  phase: 3,
  batch: 4,
  batchEnd: 5,
  next: 6,
  endsWithBatch: 7,
  cycles: 8,
  patience: 9,
  out: 10,
  outEnd: 11,
  lacksDelimiter: 12,
  hasAppended: 13,
  hasReplaced: 14,
  isOriginal: 15,
  answer: 17,
  asked: 18,
  needed: 19,
  lastPattern: 20,
  delimiter: 21,
  isQuiet: 22,
  conforms: 23,
  lineNumber: 24,
  patternSpace: 26,
  holdSpace: 32,
  spare: 38,
  patterns: 45,
  words: 46,
} as const

export const SpaceWord = { block: 0, capacity: 1, from: 2, to: 3, isTerminated: 4, isInBatch: 5 } as const

export const CommandWord = {
  name: 0,
  isNegated: 1,
  first: 2,
  second: 8,
  rangeState: 14,
  target: 15,
  rangeLast: 16,
  data: 18,
  length: 19,
  words: 20,
} as const

export const AddressWord = { kind: 0, pattern: 1, number: 2, step: 4 } as const

export const PatternWord = {
  id: 0,
  isListed: 1,
  spans: 2,
  count: 3,
  index: 4,
  lookedFrom: 5,
  lookedTo: 6,
  loop: 7,
  words: 8,
} as const

/** Behind the words of its pattern. */
export const SubstitutionWord = {
  stride: 8,
  parts: 9,
  partCount: 10,
  literalBytes: 11,
  groupUses: 12,
  which: 13,
  isGlobal: 14,
  prints: 15,
  room: 16,
  roomEnd: 17,
  wasUsed: 18,
  words: 19,
} as const

export const noPattern = 0xffffffff

export const AddressKind = { line: 1, step: 2, last: 3, pattern: 4, more: 5, multiple: 6 } as const
export const RangePlace = { before: 0, inside: 1 } as const

/** The run goes on by asking whether its command is for the line. */
export const selectPhase = 1

/** Commands that the kernel does; those of other names are 0, which it stops at. */
export const commandNumbers: Readonly<Record<string, number>> = {
  '{': 1,
  b: 2,
  t: 3,
  T: 4,
  '=': 5,
  i: 6,
  c: 7,
  d: 8,
  D: 9,
  g: 10,
  G: 11,
  h: 12,
  H: 13,
  n: 14,
  N: 15,
  p: 16,
  P: 17,
  s: 18,
  x: 19,
  y: 20,
  z: 21,
  q: 22,
  Q: 22,
}

/** Why a run stopped; whatever else it says, the command in hand is to be done. */
export const Stop = {
  paused: 8,
  lookAhead: 9,
  noRoom: 10,
  grow: 11,
  ask: 12,
  listLines: 13,
  listMatches: 14,
  writeAppended: 16,
  breathe: 17,
} as const
