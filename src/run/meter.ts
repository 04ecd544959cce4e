import { type Batch } from '../base/io.js'
import { ownBlock } from '../kernel/block.js'
import { kernel, observeMemory } from '../kernel/index.js'
import type { BatchSink, BatchSource } from '../kernel/channel.js'

/** What one stage read, wrote and took. */
export interface StageStatistics {
  readonly bytesIn: number
  readonly linesIn: number
  readonly bytesOut: number
  readonly linesOut: number
  /** Time in the stage's own code; for a real process, from its start to its end. */
  readonly milliseconds: number
  /** The most memory it held at a time, in bytes: kernel memory, or a real process's resident set. */
  readonly peakMemory: number
}

/** The statistics of several threads' shares of one stage's work, as of one. */
export function sumOfStatistics(shares: readonly StageStatistics[]): StageStatistics {
  const sum = (key: keyof StageStatistics): number => shares.reduce((total, share) => total + share[key], 0)
  return {
    bytesIn: sum('bytesIn'),
    linesIn: sum('linesIn'),
    bytesOut: sum('bytesOut'),
    linesOut: sum('linesOut'),
    milliseconds: sum('milliseconds'),
    peakMemory: sum('peakMemory'),
  }
}

/** The meter of the step that runs now: a stage may run others within its own step. */
let running: Meter | undefined

function setRunning(meter: Meter | undefined): void {
  running = meter
}

/** Counts what one stage does. What a real process reads from another passes through no counter. */
export class Meter {
  #in = { bytes: 0, lines: 0 }
  #out = { bytes: 0, lines: 0 }
  #held = 0
  #peak = 0
  #milliseconds = 0

  get statistics(): StageStatistics {
    return {
      bytesIn: this.#in.bytes,
      linesIn: this.#in.lines,
      bytesOut: this.#out.bytes,
      linesOut: this.#out.lines,
      milliseconds: this.#milliseconds,
      peakMemory: this.#peak,
    }
  }

  /** The same source, counted. */
  source(source: BatchSource): BatchSource {
    const counts = this.#in
    return {
      *receive() {
        const batch = yield* source.receive()
        if (batch === undefined) return undefined
        ownBlock(batch.block)
        count(counts, batch, 1)
        return batch
      },
      putBack(batch) {
        count(counts, batch, -1)
        source.putBack(batch)
      },
      skip: (bytes) => source.skip?.(bytes),
      settle: () => source.settle?.(),
      close: () => source.close(),
      get file() {
        return source.file
      },
      get isAtHand() {
        return source.isAtHand
      },
    }
  }

  /** The same sink, counted. */
  sink(sink: BatchSink): BatchSink {
    const counts = this.#out
    return {
      deliver(batch) {
        count(counts, batch, 1)
        return sink.deliver(batch)
      },
      close: () => sink.close(),
      get closed() {
        return sink.closed
      },
      get closing() {
        return sink.closing
      },
      ...(sink.file === undefined ? {} : { file: sink.file }),
    }
  }

  /** Runs one step of the stage's code, timed, with its memory counted as the stage's. */
  step(run: () => void): void {
    const around = running
    const start = performance.now()
    setRunning(this)
    observeMemory(this.#observer)
    try {
      run()
    } finally {
      const milliseconds = performance.now() - start
      this.spend(milliseconds)
      around?.spend(-milliseconds)
      setRunning(around)
      observeMemory(around === undefined ? undefined : around.#observer)
    }
  }

  readonly #observer = (bytes: number): void => this.hold(this.#held + bytes)

  spend(milliseconds: number): void {
    this.#milliseconds += milliseconds
  }

  /** Says how much memory the stage holds now. */
  hold(bytes: number): void {
    this.#held = bytes
    this.#peak = Math.max(this.#peak, bytes)
  }
}

function count(counts: { bytes: number; lines: number }, { block, start, end }: Batch, sign: 1 | -1): void {
  const address = block.byteOffset
  counts.bytes += sign * (end - start)
  counts.lines += sign * kernel.countByte(address + start, address + end, 0x0a)
}
