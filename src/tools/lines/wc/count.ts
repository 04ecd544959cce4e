import { fstatSync, readSync } from 'node:fs'
import { system } from '../../../base/error.js'
import { batchSize, type Input } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import { allocate, bytesAt, kernel, release } from '../../../kernel/index.js'

/** What can be counted, in the order of printing. */
export const countOrder = ['lines', 'words', 'chars', 'bytes', 'width'] as const
export type Count = (typeof countOrder)[number]

export type Counts = Record<Count, number>

export function noCounts(): Counts {
  return { lines: 0, words: 0, chars: 0, bytes: 0, width: 0 }
}

/** Counts an input into `counts`, which holds what was counted also when reading fails. */
export function* count(input: Input, wanted: readonly Count[], counts: Counts): Task<void> {
  if (wanted.every((one) => one === 'bytes' || one === 'chars')) return yield* countBytes(input, counts)
  const ruler = wanted.includes('width') ? bytesAt(allocate(rulerSize), rulerSize).fill(0) : undefined
  const wantsWords = wanted.includes('words')
  let inWord = 0
  try {
    for (let batch = yield* input.read(); batch !== undefined; batch = yield* input.read()) {
      const from = batch.byteOffset
      const to = from + batch.length
      addBytes(counts, batch.length)
      counts.lines += kernel.countByte(from, to, newline)
      if (wantsWords) {
        const words = kernel.countWords(from, to, inWord)
        counts.words += words >>> 1
        inWord = words & 1
      }
      if (ruler !== undefined) kernel.measureLines(from, to, ruler.byteOffset)
    }
  } finally {
    if (ruler !== undefined) {
      counts.width = Number(maximum(ruler.readBigUInt64LE(column), ruler.readBigUInt64LE(longest)))
      release(ruler.byteOffset)
    }
  }
}

const newline = 0x0a

// Where the kernel `measureLines` keeps its two numbers.
const column = 0
const longest = 8
const rulerSize = 16

function maximum(one: bigint, other: bigint): bigint {
  return one > other ? one : other
}

/**
 * Takes a regular file's size from the system. Standard input is read in any case: what comes after this stage in
 * `{ wc -c; cat; } <file` finds it read, and only reading moves its offset.
 */
function* countBytes(input: Input, counts: Counts): Task<void> {
  const size = input.file === undefined || input.name === '-' ? 0 : regularSize(input.file)
  if (size > 0) addBytes(counts, size)
  else
    for (let batch = yield* input.read(); batch !== undefined; batch = yield* input.read())
      addBytes(counts, batch.length)
}

function addBytes(counts: Counts, size: number): void {
  counts.bytes += size
  counts.chars += size
}

/** The size of a regular file, 0 for another. A system file states whole pages: its end is looked for. */
function regularSize(file: number): number {
  const stat = system(() => fstatSync(file))
  if (!stat.isFile() || stat.size % pageSize !== 0) return stat.isFile() ? stat.size : 0
  const tail = Buffer.allocUnsafe(batchSize)
  let end = stat.size - (stat.size % (pageSize + 1))
  for (;;) {
    const length = system(() => readSync(file, tail, 0, tail.length, end))
    if (length === 0) return end
    end += length
  }
}

const pageSize = 4096
