import { existsSync } from 'node:fs'
import type { StageOutcome } from '../../base/status.js'
import type { Task } from '../../base/task.js'
import { until } from '../../base/task.js'
import { Indivisible } from '../../base/tool.js'
import { batchOf } from '../../kernel/block.js'
import type { Batch } from '../../base/io.js'
import type { Scheduler } from '../schedule.js'
import {
  confirm,
  type Control,
  dismiss,
  firstMessage,
  nextRing,
  osThreadOf,
  rings,
  waitForRing,
} from './control.js'
import type { StageStatistics } from '../meter.js'
import { kind, type Thread, type ThreadEnd } from './task.js'

/** What another thread has to say: the next part of what it made, or that it waits, or that it is at its end. */
export type Answer =
  | { readonly what: 'bytes'; readonly chunk: number; readonly batch: Batch }
  | { readonly what: 'chunk end'; readonly chunk: number }
  | { readonly what: 'indivisible'; readonly chunk: number }
  | { readonly what: 'said'; readonly chunk: number }
  | { readonly what: 'nothing yet' }
  | { readonly what: 'ended' }

/** Another thread of a parallel stage, as the first one sees it. */
export interface Colleague {
  /** The chunk that its first answer is about; undefined when it waits or has ended. */
  readonly chunk: number | undefined
  /** Takes its first answer. Throws when the thread failed. */
  take(): Answer
  /** Whether it has begun to work; when it has not, it will not any more. */
  isNeeded(): boolean
  /** Throws when it took part and is gone before its end: nobody else will say so. */
  checkAlive(): void
  /** How its stages ended, once it has. */
  readonly outcomes: readonly StageOutcome[]
  /** What each of them read, wrote and took, once it has, where that is measured. */
  readonly statistics: readonly StageStatistics[]
}

export function colleague(
  control: Control,
  number: number,
  { memory }: Thread,
  say: (bytes: Buffer) => void,
): Colleague {
  let end: ThreadEnd = { outcomes: [], statistics: [] }
  let hasEnded = false
  return {
    get chunk() {
      return firstMessage(control, number)?.chunk
    },
    take() {
      const message = firstMessage(control, number)
      if (message === undefined) return { what: hasEnded ? 'ended' : 'nothing yet' }
      const { chunk, address, length } = message
      // The memory may have grown: its buffer is another one then.
      const bytes = Buffer.from(memory.buffer, address, length)
      try {
        switch (message.kind) {
          case kind.bytes:
            return { what: 'bytes', chunk, batch: batchOf(bytes) }
          case kind.chunkEnd:
            return { what: 'chunk end', chunk }
          case kind.said:
            say(bytes)
            return { what: 'said', chunk }
          case kind.indivisible:
            return { what: 'indivisible', chunk }
          case kind.ended:
            hasEnded = true
            // Sent by `runThread`.
            end = JSON.parse(bytes.toString()) as ThreadEnd
            return { what: 'ended' }
          default:
            throw new Error(`a thread failed: ${bytes.toString()}`)
        }
      } finally {
        confirm(control, number)
      }
    },
    isNeeded: () => !dismiss(control, number),
    checkAlive() {
      const osThread = osThreadOf(control, number)
      if (hasEnded || osThread === 0 || existsSync(`/proc/self/task/${osThread}`)) return
      throw new Error('a thread died in the middle of its work')
    },
    get outcomes() {
      return end.outcomes
    },
    get statistics() {
      return end.statistics
    },
  }
}

/** Waits until one of the others may have something to say that it had not when the rings were `seen`. */
export function* untilRung(
  others: readonly Colleague[],
  control: Control,
  seen: number,
  scheduler: Scheduler,
): Task<void> {
  if (!scheduler.blocking) yield* until(nextRing(control, seen))
  else {
    yield* scheduler.untilIdle()
    waitForRing(control, seen)
  }
  if (rings(control) === seen) for (const other of others) other.checkAlive()
}

/** The next bytes, or an end. Throws `Indivisible` when that is the answer. */
export function* answerOf(
  one: Colleague,
  control: Control,
  scheduler: Scheduler,
): Task<Extract<Answer, { what: 'bytes' | 'chunk end' | 'ended' }>> {
  for (;;) {
    const seen = rings(control)
    const answer = one.take()
    if (answer.what === 'indivisible') throw new Indivisible()
    if (answer.what === 'said') continue
    if (answer.what !== 'nothing yet') return answer
    yield* untilRung([one], control, seen, scheduler)
  }
}
