import type { Environment } from '../../base/tool.js'
import type { PortableStage } from '../../plan/portable.js'
import type { StageOutcome } from '../../base/status.js'
import type { StageStatistics } from '../meter.js'
import type { Control } from './control.js'

/** What another thread is to do of a parallel stage, as data that can be sent to it. */
export interface ThreadTask {
  /** Its number, from 1; the first thread has 0. */
  readonly thread: number
  readonly control: Control
  /** The pipeline as written, and the optimiser's rules that were left out: the stages are made of it again. */
  readonly written: readonly PortableStage[]
  readonly without: readonly string[]
  /** Whether the chunks' outputs are to stay in order; else only that of all of them counts. */
  readonly isOrdered: boolean
  readonly file: { readonly path: string; readonly fd: number }
  readonly chunkSize: number
  readonly env: Environment
  readonly cwd: string
  readonly memoryBudget: number
  readonly temporaryFolder: string
  readonly readSize: number
  /** Whether to measure what the stages read, write and take. */
  readonly measures: boolean
}

/** What a thread sends at its end, as JSON. */
export interface ThreadEnd {
  readonly outcomes: readonly StageOutcome[]
  readonly statistics: readonly StageStatistics[]
}

/** Another thread as the first one sees it. */
export interface Thread {
  /** Its kernel memory, in which its messages' bytes are. */
  readonly memory: WebAssembly.Memory
  /** Ends it wherever it is. */
  terminate(): void
}

/** Kinds of messages. */
export const kind = {
  /** Bytes that a chunk, or all of them, became. */
  bytes: 0,
  /** All bytes of a chunk were sent. */
  chunkEnd: 1,
  /** The bytes are what the stages said on standard error. */
  said: 2,
  /** A chunk cannot be worked on by itself. */
  indivisible: 3,
  /** Nothing more comes. The bytes are a `ThreadEnd`. */
  ended: 4,
  /** The thread failed. The bytes are the reason. */
  failed: 5,
} as const

/** How many chunks may be under way or wait for their turn. */
export const chunksAhead = 16
