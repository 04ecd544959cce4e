import { closeSync, constants, openSync } from 'node:fs'
import { system } from '../base/error.js'
import type { Batch } from '../base/io.js'
import type { Signal, Task } from '../base/task.js'
import type { Environment } from '../base/tool.js'
import type { BatchSink, BatchSource } from '../kernel/channel.js'
import { closedDescriptor, kindOf } from './descriptor.js'
import { MemoryEdge } from './edge.js'
import { makePipe } from './fifo.js'
import { type Host, sinkOf, sourceOf } from './host.js'
import { pollWriter } from './poll-writer.js'
import { pump } from './pump.js'

/** What lending needs of a run. */
export interface Borrower {
  readonly host: Host
  /** Starts a task beside the run's stages. */
  start(task: Task<void>): unknown
}

/**
 * Where a stage's stdin comes from. A descriptor can be handed to a real process as it is; the source is
 * opened over it when a tool of ours reads it. Several stages in turn may share an end; its owner closes it.
 */
export interface InputEnd {
  source(): BatchSource
  /**
   * A descriptor for a real process, which reads on there where ours stopped; undefined when the end is closed. What is
   * in memory becomes a pipe for all who read it from then on.
   */
  lend(run: Borrower): number | undefined
  /** The descriptor that it is over. */
  readonly descriptor?: number
  close(): void
}

/** Where a stage's stdout or stderr goes. */
export interface OutputEnd {
  /** What a real process can be given; undefined for what goes to this process's memory, and for a closed one. */
  readonly descriptor?: number
  readonly isClosed?: true
  readonly isTerminal: boolean
  sink(): BatchSink
  close(): void
}

/** Ends by descriptor number. */
export type EndTable = ReadonlyMap<number, InputEnd | OutputEnd>

/** What a list or a stage runs in. */
export interface Frame {
  readonly stdin: InputEnd
  readonly stdout: OutputEnd
  readonly stderr: OutputEnd
  /** Those from 3 on. */
  readonly others?: EndTable | undefined
  /** What is read in the place of files, by their paths. */
  readonly files?: ReadonlyMap<string, InputEnd>
  readonly env: Environment
}

export function isInput(end: InputEnd | OutputEnd): end is InputEnd {
  return 'source' in end
}

/** An end over an open descriptor; `owned` when closing the end closes the descriptor. */
export function inputDescriptor(host: Host, descriptor: number, owned: boolean): InputEnd {
  let opened: BatchSource | undefined
  return {
    descriptor,
    source: () => (opened ??= sourceOf(host, descriptor, owned)),
    lend() {
      opened?.settle?.()
      return descriptor
    },
    close() {
      if (opened !== undefined) opened.close()
      else if (owned) closeSync(descriptor)
    },
  }
}

export function outputDescriptor(host: Host, descriptor: number, owned: boolean): OutputEnd {
  let opened: BatchSink | undefined
  return {
    descriptor,
    isTerminal: kindOf(descriptor) === 'terminal',
    sink: () => (opened ??= sinkOf(host, descriptor, owned)),
    close() {
      if (opened !== undefined) opened.close()
      else if (owned) closeSync(descriptor)
    },
  }
}

/** An end over bytes in memory. */
export function inputSource(source: BatchSource): InputEnd {
  return new SourceEnd(source)
}

/** Classes, here and below, as these are made for each connection of `listen`: an object's own functions are made one by one. */
class SourceEnd implements InputEnd {
  #pipe: InputEnd | undefined

  constructor(private readonly own: BatchSource) {}

  source(): BatchSource {
    return this.#pipe?.source() ?? this.own
  }

  lend(run: Borrower): number | undefined {
    if (this.#pipe === undefined) {
      const { read, write } = makePipe(run.host.temporaryFolder)
      this.#pipe = inputDescriptor(run.host, read, true)
      run.start(pump(this.own, pollWriter(write, true)))
    }
    return this.#pipe.lend(run)
  }

  close(): void {
    this.#pipe?.close()
    this.own.close()
  }
}

export function outputSink(sink: BatchSink): OutputEnd {
  return new SinkEnd(sink)
}

class SinkEnd implements OutputEnd {
  readonly isTerminal = false

  constructor(private readonly own: BatchSink) {}

  sink(): BatchSink {
    return this.own
  }

  close(): void {
    this.own.close()
  }
}

/** The ends of a closed descriptor. */
export function closedInput(): InputEnd {
  const source = closedDescriptor()
  return { source: () => source, lend: () => undefined, close: () => undefined }
}

export function closedOutput(): OutputEnd {
  const sink = closedDescriptor()
  return { isTerminal: false, isClosed: true, sink: () => sink, close: () => sink.close() }
}

/** The two ends of an edge between stages of this thread. `isAtHand` says whether what the writer writes is: see `Input`. */
export function memoryPipe(isAtHand = (): boolean => false): {
  readonly read: InputEnd
  readonly write: OutputEnd
} {
  const edge = new MemoryEdge(isAtHand)
  return { read: inputSource(edge.source), write: outputSink(edge.sink) }
}

/** An input that is empty. */
export function emptyInput(host: Host): InputEnd {
  return inputDescriptor(
    host,
    system(() => openSync('/dev/null', constants.O_RDONLY)),
    true,
  )
}

/** The same end for a stage that must not close it. What it reads may become a pipe while the stage runs. */
export function borrowSource(end: InputEnd): BatchSource {
  return new BorrowedSource(end)
}

class BorrowedSource implements BatchSource {
  constructor(private readonly end: InputEnd) {}

  receive(): Task<Batch | undefined> {
    return this.end.source().receive()
  }

  putBack(batch: Batch): void {
    this.end.source().putBack(batch)
  }

  skip(count: number): void {
    this.end.source().skip?.(count)
  }

  close(): void {
    // It is its owner's.
  }

  get file(): number | undefined {
    return this.end.source().file
  }

  get isAtHand(): boolean | undefined {
    return this.end.source().isAtHand
  }
}

export function borrowSink(end: OutputEnd): BatchSink {
  return new BorrowedSink(end.sink())
}

class BorrowedSink implements BatchSink {
  constructor(private readonly sink: BatchSink) {}

  deliver(batch: Batch): Task<void> {
    return this.sink.deliver(batch)
  }

  close(): void {
    // It is its owner's.
  }

  get closed(): boolean {
    return this.sink.closed
  }

  get closing(): Signal {
    return this.sink.closing
  }

  get file(): number | undefined {
    return this.sink.file
  }
}
