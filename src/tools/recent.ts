import { allocate, bytesAt, release } from '../kernel/index.js'
import type { Unit } from './unit.js'

interface Chunk {
  readonly block: Buffer
  start: number
  end: number
  units: number
}

const chunkSize = 64 * 1024

/** The newest bytes of a stream, added at one end and taken at the other by the unit. */
export class RecentBytes {
  #chunks: Chunk[] = []
  #units = 0

  constructor(private readonly unit: Unit) {}

  /** How many units end in what it holds. */
  get units(): number {
    return this.#units
  }

  /** 1 when the last unit is not finished. */
  get unfinished(): number {
    const last = this.#chunks.at(-1)
    return last === undefined ? 0 : this.unit.unfinished(held(last))
  }

  append(bytes: Buffer): void {
    for (let at = 0; at < bytes.length;) {
      const chunk = this.#lastWithRoom()
      const piece = bytes.subarray(at, at + chunk.block.length - chunk.end)
      chunk.block.set(piece, chunk.end)
      const units = this.unit.count(chunk.block.subarray(chunk.end, chunk.end + piece.length))
      chunk.end += piece.length
      chunk.units += units
      this.#units += units
      at += piece.length
    }
  }

  /** Takes the oldest `count` units out, or as many as there are with what follows them, piece by piece. */
  *take(count: number): Generator<Buffer, void, void> {
    for (let left = count; left > 0;) {
      const [chunk] = this.#chunks
      if (chunk === undefined) return
      const bytes = held(chunk)
      if (chunk.units < left) {
        left -= chunk.units
        yield bytes
        this.#dropOldest()
        continue
      }
      const end = this.unit.skip(bytes, left)
      yield bytes.subarray(0, end)
      chunk.start += end
      chunk.units -= left
      this.#units -= left
      return
    }
  }

  /** As `take`, for what nobody wants. */
  drop(count: number): void {
    const taken = this.take(count)
    while (taken.next().done !== true);
  }

  /** Takes everything out. */
  takeAll(): Generator<Buffer, void, void> {
    return this.take(Infinity)
  }

  /** Gives the memory back; the object may be used again. */
  free(): void {
    while (this.#chunks.length > 0) this.#dropOldest()
  }

  #lastWithRoom(): Chunk {
    const last = this.#chunks.at(-1)
    if (last !== undefined && last.end < last.block.length) return last
    const chunk = { block: bytesAt(allocate(chunkSize), chunkSize), start: 0, end: 0, units: 0 }
    this.#chunks.push(chunk)
    return chunk
  }

  #dropOldest(): void {
    const chunk = this.#chunks.shift()
    if (chunk === undefined) return
    this.#units -= chunk.units
    release(chunk.block.byteOffset)
  }
}

function held({ block, start, end }: Chunk): Buffer {
  return block.subarray(start, end)
}
