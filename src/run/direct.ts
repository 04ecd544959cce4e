import { bytesOf } from '../base/bytes.js'
import type { Batch, Output } from '../base/io.js'
import { Signal } from '../base/task.js'
import { releaseBlock, takeBlock } from '../kernel/block.js'
import { writeBlocking } from './descriptor.js'

/** Standard error: what is added is written at once, and a failure to write it has nowhere to be said. */
export class DirectOutput implements Output {
  readonly name = 'standard error'
  readonly file = undefined
  readonly pending = 0
  readonly closed = false
  readonly closing = new Signal()
  #block: Buffer | undefined

  constructor(private readonly fd: number) {}

  append(bytes: Uint8Array): void {
    try {
      for (let at = 0; at < bytes.length;) at += writeBlocking(this.fd, bytes, at, bytes.length - at)
    } catch {
      // Nobody is left to tell.
    }
  }

  text(text: string): void {
    this.append(bytesOf(text))
  }

  byte(byte: number): void {
    this.append(Uint8Array.of(byte))
  }

  reserve(size: number): number {
    this.#block ??= takeBlock(size)
    return this.#block.byteOffset
  }

  advance(size: number): void {
    if (this.#block === undefined) return
    this.append(this.#block.subarray(0, size))
    releaseBlock(this.#block)
    this.#block = undefined
  }

  *flush(): Generator<Signal, void, void> {
    // Nothing waits here.
  }

  *send({ block, start, end }: Batch): Generator<Signal, void, void> {
    this.append(block.subarray(start, end))
    releaseBlock(block)
  }

  close(): void {
    // Standard error stays open for the whole process.
  }
}
