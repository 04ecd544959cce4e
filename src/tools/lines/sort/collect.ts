import type { Input } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { kernel } from '../../../kernel/index.js'
import { Chunk } from './chunk.js'
import { openInput } from './inputs.js'
import type { LineSource } from './merge.js'
import { type Piece, readPiece, sizeOf } from './piece.js'
import type { Runs } from './runs.js'
import { Selection } from './selection.js'
import type { Workshop } from './workshop.js'

/** Reads all files; returns what is no run yet. */
export function* collectFiles(
  files: readonly string[],
  io: StageIo,
  collector: Collector,
): Task<readonly LineSource[]> {
  for (const file of files) {
    const input = openInput(io, file)
    yield* collector.read(input)
    input.close()
  }
  return yield* collector.finish()
}

/** The same for inputs that are open. */
export function* collectInputs(inputs: readonly Input[], collector: Collector): Task<readonly LineSource[]> {
  for (const input of inputs) yield* collector.read(input)
  return yield* collector.finish()
}

/** Bytes of text that are sorted at a time. */
const largestChunk = 4 * 1024 * 1024

/** Reads inputs and sorts them a chunk at a time. When memory is used up, what was sorted becomes a run. */
export class Collector {
  readonly #chunk: Chunk
  readonly #selection: Selection | undefined
  #sorted: Piece[] = []
  #lines = 0

  constructor(
    private readonly shop: Workshop,
    private readonly runs: Runs,
  ) {
    const chunkSize = Math.min(largestChunk, Math.ceil(shop.memory.part / 8))
    this.#chunk = new Chunk(shop.holdings, shop.delimiter, chunkSize)
    this.#selection = shop.slice && new Selection(shop, shop.slice)
  }

  /** Reads an input to its end. */
  *read(input: Input): Task<void> {
    for (let batch = yield* input.read(); batch !== undefined; batch = yield* input.read())
      yield* this.add(batch)
    this.endLine()
  }

  *add(batch: Buffer): Task<void> {
    for (let at = 0; at < batch.length;) {
      at += this.#chunk.append(batch.subarray(at))
      if (this.#chunk.isFull) yield* this.#sortChunk()
    }
  }

  /** Ends the last line where its input did not. */
  endLine(): void {
    this.#chunk.endLine()
  }

  /** Takes lines that are sorted. */
  keep(sorted: Piece): void {
    this.#sorted.push(sorted)
  }

  /** How many lines there are to be merged, in runs and in what `finish` returns; only counted for a slice. */
  get lines(): number {
    return this.#lines
  }

  /** Sorts what was read last, and returns all that is no run yet. It is given back as it is read. */
  *finish(): Task<readonly LineSource[]> {
    if (!this.#chunk.isEmpty) yield* this.#sort()
    this.#chunk.free()
    const { holdings, memory } = this.shop
    yield* this.#spill(holdings.used - memory.mostWaiting(true))
    memory.hold(holdings.used + this.runs.buffers)
    return this.#sources(this.#sorted)
  }

  *#sortChunk(): Task<void> {
    yield* this.#sort()
    if (this.#selection?.isDue(this.#sorted.length) !== true) return
    for (const piece of this.#sorted) this.#lines -= this.#linesOf(piece)
    const best = [yield* this.#selection.merge(this.#sorted.flat())]
    this.#sorted = [best]
    this.#lines += this.#linesOf(best)
  }

  *#sort(): Task<void> {
    const { order, equals, memory, holdings } = this.shop
    if (memory.hold(holdings.used + this.#chunk.sortingSize + this.runs.buffers)) yield* this.#spill(Infinity)
    const sorted = this.#chunk.sort(order, equals, this.#selection)
    this.#sorted.push(sorted)
    this.#lines += this.#linesOf(sorted)
  }

  /** Makes a run of the oldest pieces that have so many bytes, or of all. */
  *#spill(size: number): Task<void> {
    let count = 0
    for (let spilled = 0; spilled < size && count < this.#sorted.length; count++)
      spilled += sizeOf(this.#sorted[count] ?? [])
    if (count === 0) return
    yield* this.runs.add(this.#sources(this.#sorted.splice(0, count)))
    this.#selection?.forget()
  }

  #sources(pieces: readonly Piece[]): readonly LineSource[] {
    const { holdings, memory } = this.shop
    return pieces.map((piece) => readPiece(piece, holdings, () => void memory.hold(holdings.used)))
  }

  #linesOf(piece: Piece): number {
    if (this.#selection === undefined) return 0
    const { delimiter } = this.shop
    return piece.reduce(
      (sum, { byteOffset, length }) => sum + kernel.countByte(byteOffset, byteOffset + length, delimiter),
      0,
    )
  }
}
