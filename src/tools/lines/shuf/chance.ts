import type { Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { kernel } from '../../../kernel/index.js'
import type { Holdings } from '../../holdings.js'
import type { RandomSource } from '../../random-source.js'

/** Random choices from a source of random bytes, in the way of GNU shuf; kernels work on what is at `address`. */
export class Chance {
  readonly #state: Buffer
  readonly #bytes: Buffer

  constructor(
    private readonly source: RandomSource,
    holdings: Holdings,
    readonly breathe: StageIo['breathe'],
  ) {
    this.#state = holdings.take(stateSize).fill(0)
    this.#bytes = holdings.take(bytesRoom)
    this.#setBytes(0)
  }

  get address(): number {
    return this.#state.byteOffset
  }

  /** Chooses a number from 0 to `most`. Throws `ToolError` as the source does. */
  choose(most: bigint): bigint {
    while (!kernel.chooseNumber(this.address, most)) this.refill()
    return this.#state.readBigUInt64LE(offset.chosen)
  }

  /**
   * Repeats a kernel's call, which returns how far it came before it wanted more bytes, until it comes to `end`. Others
   * get their turn between the calls.
   */
  *runTo(end: number, call: (at: number) => number, at = 0): Task<void> {
    for (let reached = call(at) >>> 0; reached < end; reached = call(reached) >>> 0) {
      this.refill()
      yield* this.breathe()
    }
  }

  /** Reads more bytes behind those that are left. Throws `ToolError` when there are none. */
  refill(): void {
    const from = this.#state.readUInt32LE(offset.bytes) - this.#bytes.byteOffset
    const to = this.#state.readUInt32LE(offset.bytesEnd) - this.#bytes.byteOffset
    this.#bytes.copyWithin(0, from, to)
    const held = to - from
    this.#setBytes(held + this.source.read(this.#bytes.subarray(held)))
  }

  /** How many lines were sampled. */
  get seen(): bigint {
    return this.#state.readBigUInt64LE(offset.seen)
  }

  /** Where the next sampled line is copied to. */
  get copy(): number {
    return this.#state.readUInt32LE(offset.copy)
  }

  set copy(address: number) {
    this.#state.writeUInt32LE(address, offset.copy)
  }

  /** Where the lines gathered last end. */
  get written(): number {
    return this.#state.readUInt32LE(offset.written)
  }

  #setBytes(count: number): void {
    this.#state.writeUInt32LE(this.#bytes.byteOffset, offset.bytes)
    this.#state.writeUInt32LE(this.#bytes.byteOffset + count, offset.bytesEnd)
  }
}

// What src/kernel/assembly/shuffle.ts reads.
const offset = { bytes: 16, bytesEnd: 20, chosen: 24, seen: 32, copy: 40, written: 44 }
const stateSize = 48
const bytesRoom = 4096
