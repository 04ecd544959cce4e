import { bytesOf } from '../base/bytes.js'
import { type Batch, Closed, headroom, type Output } from '../base/io.js'
import type { Signal, Task } from '../base/task.js'
import { releaseBlock, takeBlock } from './block.js'
import type { BatchSink } from './channel.js'

/** The `Output` over any sink: it gathers what is added in blocks until a flush. */
export class Writer implements Output {
  /** Full blocks, then the one being filled: its bytes are [headroom, #end). */
  #full: Batch[] = []
  #fullBytes = 0
  #block: Buffer | undefined
  /** The block's address: to ask a buffer for it takes as long as a short line. */
  #address = 0
  #end = headroom

  constructor(
    readonly name: string,
    private readonly sink: BatchSink,
  ) {}

  get file(): number | undefined {
    return this.sink.file
  }

  append(bytes: Uint8Array): void {
    const block = this.#room(bytes.length)
    block.set(bytes, this.#end)
    this.#end += bytes.length
  }

  text(text: string): void {
    if (!text.isWellFormed()) return this.append(bytesOf(text))
    const block = this.#room(text.length * 3)
    this.#end += block.write(text, this.#end)
  }

  byte(byte: number): void {
    const block = this.#room(1)
    block[this.#end++] = byte
  }

  reserve(size: number): number {
    this.#room(size)
    return this.#address + this.#end
  }

  advance(size: number): void {
    this.#end += size
  }

  get pending(): number {
    return this.#fullBytes + this.#end - headroom
  }

  *flush(): Task<void> {
    if (this.closed) throw new Closed()
    this.#setAside()
    // What a stage added before it is closed upon is dropped; `close` releases it.
    for (let batch = this.#full.shift(); batch !== undefined; batch = this.#full.shift()) {
      this.#fullBytes -= batch.end - batch.start
      yield* this.sink.deliver(batch)
    }
  }

  *send(batch: Batch): Task<void> {
    if (this.pending > 0) yield* this.flush()
    if (batch.start === batch.end) releaseBlock(batch.block)
    else yield* this.sink.deliver(batch)
  }

  get closed(): boolean {
    return this.sink.closed
  }

  get closing(): Signal {
    return this.sink.closing
  }

  close(): void {
    this.#setAside()
    for (const batch of this.#full) releaseBlock(batch.block)
    this.#full = []
    this.#fullBytes = 0
    this.sink.close()
  }

  /** The block being filled, with room for `size` bytes at #end. */
  #room(size: number): Buffer {
    if (this.#block !== undefined && this.#end + size <= this.#block.length) return this.#block
    this.#setAside()
    this.#block = takeBlock(size)
    this.#address = this.#block.byteOffset
    return this.#block
  }

  #setAside(): void {
    if (this.#block === undefined) return
    if (this.#end > headroom) {
      this.#full.push({ block: this.#block, start: headroom, end: this.#end })
      this.#fullBytes += this.#end - headroom
    } else releaseBlock(this.#block)
    this.#block = undefined
    this.#end = headroom
  }
}
