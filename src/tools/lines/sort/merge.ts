import { batchSize, type Output } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import { grownSize, kernel, wordsAt } from '../../../kernel/index.js'
import type { Holdings } from '../../holdings.js'

/** Where sorted lines go. */
export interface Sink extends Pick<Output, 'reserve' | 'advance' | 'flush'> {
  /** Bytes that it has room for at a time; those of a batch when absent. */
  readonly room?: number
}

/** Sorted lines: in memory, or piece by piece. */
export type Sorted = Buffer | LineSource

export interface LineSource {
  /** The next whole lines; undefined at the end. The view is good until the next call. */
  read(): Task<Buffer | undefined>
}

/** What becomes of lines that compare equal: all stay, or the first, or one with the sum of the counts they end with. */
export type Equals = 'all' | 'first' | 'sum'

/**
 * Merges sorted sources; of equal lines those of the earlier source come first. What is merged leaves before a source is
 * waited for.
 */
export function* mergeSources(
  order: number,
  sources: readonly Sorted[],
  equals: Equals,
  sink: Sink,
  holdings: Holdings,
): Task<void> {
  const block = holdings.take(headerSize + sources.length * (sourceSize + 4))
  block.fill(0)
  const merge = wordsAt(block.byteOffset, block.length / 4)
  const firstSource = headerSize / 4
  merge.set([order, sources.length, block.byteOffset + headerSize])
  merge[word.tree] = block.byteOffset + headerSize + sources.length * sourceSize
  merge[word.state] = state.starting
  merge[word.unique] = equals === 'first' ? 1 : 0
  merge[word.counts] = equals === 'sum' ? 1 : 0
  for (const index of sources.keys()) yield* refill(index)

  const usualRoom = Math.min(sink.room ?? batchSize, batchSize)
  let room = usualRoom
  for (;;) {
    const out = sink.reserve(room)
    const end = kernel.mergeLines(block.byteOffset, out, out + room) >>> 0
    sink.advance(end - out)
    yield* sink.flush()
    room = usualRoom
    const wanted = merge[word.wanted] ?? 0
    switch (merge[word.state]) {
      case state.refilling:
        yield* refill(wanted)
        break
      case state.needsRoom:
        room = Math.max(room, wanted)
        break
      case state.needsKeptRoom:
        enlargeKept(wanted)
        break
      default:
        holdings.release(block.byteOffset)
        if (merge[word.keptRoom] !== 0) holdings.release(merge[word.keptText] ?? 0)
        return
    }
  }

  /** Reads on in a source. */
  function* refill(index: number): Task<void> {
    const source = sources[index]
    if (source === undefined) return
    const place = firstSource + index * (sourceSize / 4)
    if (Buffer.isBuffer(source)) {
      const from = source.byteOffset
      merge.set([from, from + source.length, kind.lastLines], place + sourceWord.next)
      return
    }
    const lines = yield* source.read()
    const from = lines?.byteOffset ?? 0
    const to = from + (lines?.length ?? 0)
    merge.set([from, to, lines === undefined ? kind.lastLines : kind.lines], place + sourceWord.next)
  }

  /** The line kept there is about to be replaced. */
  function enlargeKept(size: number): void {
    if (merge[word.keptRoom] !== 0) holdings.release(merge[word.keptText] ?? 0)
    const room = grownSize(Math.max(size, 256), size)
    merge[word.keptText] = holdings.take(room).byteOffset
    merge[word.keptRoom] = room
  }
}

// What src/kernel/assembly/sort-merge.ts reads, in words.
const word = { tree: 3, state: 4, wanted: 5, unique: 6, keptRoom: 7, keptText: 10, counts: 15 }
const headerSize = 80
const sourceWord = { next: 6 }
const sourceSize = 40
const kind = { lines: 0, lastLines: 1 }
const state = { starting: 1, refilling: 2, needsRoom: 3, needsKeptRoom: 4 }
