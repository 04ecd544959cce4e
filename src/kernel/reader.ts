import type { Batch, Input, Output } from '../base/io.js'
import type { Task } from '../base/task.js'
import { releaseBlock } from './block.js'
import type { BatchSource } from './channel.js'

/** The `Input` over any source: it keeps the batch last read until the next one is asked for. */
export class Reader implements Input {
  #current: Batch | undefined
  #closed = false
  readonly #closeActions: (() => void)[] = []

  constructor(
    readonly name: string,
    private readonly source: BatchSource,
  ) {}

  get file(): number | undefined {
    return this.source.file
  }

  get isAtHand(): boolean {
    return this.source.isAtHand === true
  }

  *read(): Task<Buffer | undefined> {
    this.#release()
    if (this.#closed) return undefined
    const batch = yield* this.source.receive()
    this.#current = batch
    return batch?.block.subarray(batch.start, batch.end)
  }

  *pass(output: Output, from = 0, to?: number): Task<void> {
    const batch = this.#current
    if (batch === undefined) return
    this.#current = undefined
    const { block, start, end } = batch
    yield* output.send({ block, start: start + from, end: to === undefined ? end : start + to })
  }

  unread(count: number): void {
    const batch = this.#current
    if (batch === undefined || count === 0) return
    this.#current = undefined
    this.source.putBack({ ...batch, start: batch.end - count })
  }

  skip(count: number): void {
    this.#release()
    this.source.skip?.(count)
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#release()
    this.source.close()
    for (const action of this.#closeActions) action()
  }

  onClose(action: () => void): void {
    this.#closeActions.push(action)
  }

  #release(): void {
    if (this.#current === undefined) return
    releaseBlock(this.#current.block)
    this.#current = undefined
  }
}
