import type { Signal, Task } from './task.js'

/** The size in bytes that batches aim at: it fits a core's second-level cache twice. */
export const batchSize = 128 * 1024

/** The size of a large file's batches: what each costs beside its bytes counts there, not how soon the first one comes. */
export const largeBatchSize = 4 * batchSize

/**
 * Bytes in which `grep` looks for a NUL at a time: those that GNU grep reads at a time. Files are read in whole numbers of
 * them, so that they lie in one batch each.
 */
export const nulWindow = 96 * 1024

/**
 * Bytes free in front of every batch that an `Input` gives: the piece of a line that the last batch ended
 * with is put there, so that a line cut between two batches costs a short copy and not a long one.
 */
export const headroom = 4096

/** Bytes in a piece of kernel memory, with an owner who gives the piece on or releases it. */
export interface Batch {
  /** The whole piece. */
  readonly block: Buffer
  /** The bytes are block[start, end). */
  readonly start: number
  readonly end: number
}

/**
 * Where a stage's bytes come from: a file, a pipe, or the stage before it.
 * What it gives are views into the kernel's memory (`view.byteOffset` is the address that kernels take).
 */
export interface Input {
  /** What messages call it: the operand as written, `-` for standard input. */
  readonly name: string
  /** A regular file's descriptor, for stages that seek (`tail`, `tac`, `wc -c`); undefined for what cannot seek. */
  readonly file: number | undefined
  /**
   * Whether all bytes are there, in regular files and in memory, or are made of such bytes as fast as they are read:
   * only then may what was read wait for what comes next (law 7).
   */
  readonly isAtHand: boolean
  /**
   * The next bytes, or undefined at the end; never empty. The view, and the `headroom` bytes before it, are the
   * caller's to read and overwrite until the next `read` or `close` of this input. Throws `SystemError`.
   */
  read(): Task<Buffer | undefined>
  /**
   * Sends [from, to) of the view last read to `output` without a copy; `from` may be as low as -`headroom`.
   * The view is gone then.
   */
  pass(output: Output, from?: number, to?: number): Task<void>
  /**
   * Gives back the last `count` bytes of the view last read, unused by this stage, so that whoever shares the
   * input goes on there: `{ head -n 1; cat; }`. POSIX.1-2017, Utility Description Defaults, INPUT FILES.
   */
  unread(count: number): void
  /** Passes over `count` bytes of a regular file: whoever shares the input goes on behind them. */
  skip(count: number): void
  /** No more is wanted: the writer is told at its next write. Idempotent. */
  close(): void
  /** Runs `action` when the input is closed, at the latest when the stage ends. */
  onClose(action: () => void): void
}

/** Where a stage's bytes go. */
export interface Output {
  /** What messages call it. */
  readonly name: string
  /** A regular file's descriptor, for stages that must not read what they write; undefined for what is none. */
  readonly file: number | undefined
  /** Adds a copy of `bytes`. Nothing leaves before a `flush`, so flush once a batch, or when `pending` is large. */
  append(bytes: Uint8Array): void
  /** Adds text, as the bytes it stands for. */
  text(text: string): void
  /** Adds one byte. */
  byte(byte: number): void
  /**
   * Room for `size` bytes at the returned address, for kernels to write to; `advance` says how many they wrote.
   * The address is good until the next call on this output.
   */
  reserve(size: number): number
  advance(size: number): void
  /** How many bytes wait for a `flush`. */
  readonly pending: number
  /**
   * Sends on what was added, and waits while the reader is behind.
   * Throws `Closed` when the reader wants no more, `SystemError` when the system refuses.
   */
  flush(): Task<void>
  /** Sends a whole batch, after what was added before; the output owns its block from then on. As `flush` otherwise. */
  send(batch: Batch): Task<void>
  /** Whether the reader is gone, and the signal of its going, for stages that wait for events. */
  readonly closed: boolean
  readonly closing: Signal
  /** Ends the stream; what was not flushed is dropped. Idempotent. */
  close(): void
}

/** Thrown by `flush` and `send` when the reader is done: the stage ends silently, as by SIGPIPE. */
export class Closed extends Error {
  constructor() {
    super('the reader is done')
  }
}
