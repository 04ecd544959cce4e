import { bytesOf } from '../../../base/bytes.js'
import { batchSize, type Input, type Output } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import { kernel, wholeLines, wordsAt } from '../../../kernel/index.js'
import type { Holdings } from '../../holdings.js'
import type { Chance } from './chance.js'

/** Lines in memory: a table of their addresses and lengths. */
export interface LineTable {
  readonly table: number
  readonly count: number
}

const entrySize = 8

/** The words of an argument list as lines. */
export function wordLines(words: readonly string[], holdings: Holdings): LineTable {
  const table = holdings.take(words.length * entrySize)
  for (const [index, word] of words.entries()) {
    const bytes = bytesOf(word)
    const line = holdings.take(bytes.length)
    line.set(bytes)
    table.writeUInt32LE(line.byteOffset, index * entrySize)
    table.writeUInt32LE(line.length, index * entrySize + 4)
  }
  return { table: table.byteOffset, count: words.length }
}

/** Reads all lines of an input. */
export function* readLines(input: Input, delimiter: number, holdings: Holdings): Task<LineTable> {
  const blocks: { readonly text: Buffer; readonly lines: number }[] = []
  let count = 0
  const lines = wholeLines(input, delimiter)
  for (let batch = yield* lines.read(); batch !== undefined; batch = yield* lines.read()) {
    const text = holdings.take(batch.length)
    const delimiters = kernel.copyText(batch.byteOffset, batch.length, text.byteOffset, delimiter)
    const isOpen = text[text.length - 1] !== delimiter
    blocks.push({ text, lines: delimiters + (isOpen ? 1 : 0) })
    count += delimiters + (isOpen ? 1 : 0)
  }
  const table = holdings.take(count * entrySize).byteOffset
  let next = table
  for (const { text, lines: here } of blocks) {
    kernel.listLines(text.byteOffset, text.byteOffset + text.length, delimiter, next)
    next += here * entrySize
  }
  return { table, count }
}

/** Reads an input and keeps `size` of its lines, each line with the same chance: reservoir sampling. */
export function* sampleLines(
  input: Input,
  delimiter: number,
  size: number,
  chance: Chance,
  holdings: Holdings,
): Task<LineTable> {
  let table = holdings.take(Math.min(size, 1024) * entrySize)
  let block = holdings.take(firstBlock)
  chance.copy = block.byteOffset
  const lines = wholeLines(input, delimiter)
  for (let batch = yield* lines.read(); batch !== undefined; batch = yield* lines.read()) {
    const [from, to] = [batch.byteOffset, batch.byteOffset + batch.length]
    const held = Math.min(Number(chance.seen), size)
    const wanted = Math.min(size, held + kernel.countByte(from, to, delimiter) + 1) * entrySize
    if (wanted > table.length)
      table = holdings.enlarge(table, held * entrySize, Math.max(wanted, table.length * 2))
    if (block.byteOffset + block.length - chance.copy < batch.length) {
      block = holdings.take(Math.max(batch.length, usualBlock))
      chance.copy = block.byteOffset
    }
    const place = table.byteOffset
    yield* chance.runTo(to, (at) => kernel.sampleLines(chance.address, at, to, delimiter, place, size), from)
  }
  // GNU shuf chooses a place for the line after the last before it finds that there is none.
  if (chance.seen >= size) chance.choose(chance.seen)
  return { table: table.byteOffset, count: Math.min(Number(chance.seen), size) }
}

const firstBlock = 4096
const usualBlock = 1024 * 1024

/** Writes the first `count` lines of the table. */
export function* writeLines(
  output: Output,
  { table }: LineTable,
  count: number,
  delimiter: number,
  chance: Chance,
): Task<void> {
  const words = wordsAt(table, count * 2)
  for (let at = 0; at < count;) {
    // A line longer than a batch goes out alone.
    const room = Math.max(batchSize, (words[at * 2 + 1] ?? 0) + 1)
    const out = output.reserve(room)
    at = kernel.gatherLines(chance.address, table, at, count, delimiter, out, out + room) >>> 0
    output.advance(chance.written - out)
    yield* output.flush()
  }
}

/** Writes `count` lines, each one chosen anew from all. */
export function* writeChosenLines(
  output: Output,
  { table, count: size }: LineTable,
  count: number,
  delimiter: number,
  chance: Chance,
  holdings: Holdings,
): Task<void> {
  const picks = holdings.take(Math.min(count, picksAtOnce) * entrySize).byteOffset
  for (let left = count; left > 0;) {
    const now = Math.min(left, picksAtOnce)
    yield* chance.runTo(now, (at) => kernel.pickEntries(chance.address, table, size, picks, at, now))
    yield* writeLines(output, { table: picks, count: now }, now, delimiter, chance)
    left -= now
  }
}

const picksAtOnce = 1024
