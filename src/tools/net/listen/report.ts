import type { BatchSink } from '../../../base/channel.js'
import type { StageOutcome } from '../../../base/status.js'
import { Signal, type Task } from '../../../base/task.js'
import type { StageIo } from '../../../base/tool.js'
import { releaseBlock } from '../../../kernel/block.js'

/** Where one connection's messages go: each line on the standard error of `listen`, behind the peer's name. */
export interface Report {
  readonly sink: BatchSink
  say(message: string): Task<void>
  /** Tells of the stages that failed and said nothing of it. */
  outcomes(stages: readonly StageOutcome[]): Task<void>
}

export function reportOf(peer: string, { name, stderr }: StageIo): Report {
  const prefix = `${name}: ${peer}: `
  let isLineOpen = false
  const closing = new Signal()
  const sink: BatchSink = {
    *deliver({ block, start, end }) {
      try {
        for (let at = start; at < end;) {
          const newline = block.subarray(at, end).indexOf(10)
          const next = newline < 0 ? end : at + newline + 1
          if (!isLineOpen) stderr.text(prefix)
          stderr.append(block.subarray(at, next))
          isLineOpen = newline < 0
          at = next
        }
      } finally {
        releaseBlock(block)
      }
      yield* flush()
    },
    close: () => undefined,
    closed: false,
    closing,
  }
  return {
    sink,
    *say(message) {
      stderr.text(`${isLineOpen ? '\n' : ''}${prefix}${message}\n`)
      isLineOpen = false
      yield* flush()
    },
    *outcomes(stages) {
      for (const { name: stage, code, signal, class: statusClass, explained } of stages)
        if (statusClass === 'error' && explained !== true)
          yield* this.say(
            `\`${stage}\` ${signal === undefined ? `exited with ${code}` : `was ended by ${signal}`}`,
          )
    },
  }

  function* flush(): Task<void> {
    if (stderr.pending > 0) yield* stderr.flush()
  }
}
