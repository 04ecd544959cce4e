import type { BatchSink } from '../../../base/channel.js'
import type { Batch, Output } from '../../../base/io.js'
import type { StageOutcome } from '../../../base/status.js'
import { Signal, type Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { releaseBlock } from '../../../kernel/block.js'

/** Where one client's messages go: each line on the standard error of `listen`, behind the client's name. */
export class Report implements BatchSink {
  readonly closed = false
  readonly closing = never
  readonly #stderr: Output
  #isLineOpen = false

  constructor(
    private readonly client: () => string,
    private readonly io: Pick<StageIo, 'name' | 'stderr'>,
  ) {
    this.#stderr = io.stderr
  }

  *deliver({ block, start, end }: Batch): Task<void> {
    try {
      for (let at = start; at < end;) {
        const newline = block.subarray(at, end).indexOf(10)
        const next = newline < 0 ? end : at + newline + 1
        if (!this.#isLineOpen) this.#stderr.text(this.#prefix)
        this.#stderr.append(block.subarray(at, next))
        this.#isLineOpen = newline < 0
        at = next
      }
    } finally {
      releaseBlock(block)
    }
    yield* this.#flush()
  }

  close(): void {
    // Standard error goes on for the others.
  }

  *say(message: string): Task<void> {
    this.#stderr.text(`${this.#isLineOpen ? '\n' : ''}${this.#prefix}${message}\n`)
    this.#isLineOpen = false
    yield* this.#flush()
  }

  /** Tells of the stages that failed and said nothing of it. */
  *failures(stages: readonly StageOutcome[]): Task<void> {
    for (const { name: stage, code, signal, class: statusClass, explained } of stages)
      if (statusClass === 'error' && explained !== true)
        yield* this.say(
          `\`${stage}\` ${signal === undefined ? `exited with ${code}` : `was ended by ${signal}`}`,
        )
  }

  get #prefix(): string {
    return `${this.io.name}: ${this.client()}: `
  }

  *#flush(): Task<void> {
    if (this.#stderr.pending > 0) yield* this.#stderr.flush()
  }
}

const never = new Signal()
