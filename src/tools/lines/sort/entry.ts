/** Bytes of a line's entry in a table, as src/kernel/assembly/sort-order.ts has it. */
export const entrySize = 24

/** Bytes of a count behind a line, as src/kernel/assembly/distinct.ts has it. */
export const tailSize = 8

/** Where an entry holds its line's address and length, in words. */
export const entryWord = { text: 2, length: 3 }
