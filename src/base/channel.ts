import type { Batch } from './io.js'
import type { Signal, Task } from './task.js'

/** The far side of an `Input`: gives batches, which the receiver then owns. */
export interface BatchSource {
  /** The next batch, undefined at the end, again and again. Throws `SystemError`. */
  receive(): Task<Batch | undefined>
  /** Takes back a batch that was not used, to be received again. */
  putBack(batch: Batch): void
  /** Passes over bytes of a regular file. */
  skip?(count: number): void
  /** Moves a shared file's offset to what comes next, for another process to read on there. */
  settle?(): void
  close(): void
  /** A regular file's descriptor. */
  readonly file?: number | undefined
  /** See `Input.isAtHand`. */
  readonly isAtHand?: boolean | undefined
}

/** The far side of an `Output`: takes batches and owns them. */
export interface BatchSink {
  /** Waits while the reader is behind. Throws `Closed` or `SystemError`. */
  deliver(batch: Batch): Task<void>
  close(): void
  readonly closed: boolean
  readonly closing: Signal
  /** A regular file's descriptor. */
  readonly file?: number | undefined
}
