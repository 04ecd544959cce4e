import { type Batch, batchSize, Closed } from '../../base/io.js'
import type { StageOutcome } from '../../base/status.js'
import { Signal } from '../../base/task.js'
import { releaseBlock } from '../../kernel/block.js'
import type { BatchSink } from '../../kernel/channel.js'
import type { PlanStage } from '../../plan/plan.js'
import { callbackSink } from '../buffered.js'
import { emptyInput, inputSource, outputSink } from '../ends.js'
import type { Host } from '../host.js'
import { runList } from '../list.js'
import type { StageStatistics } from '../meter.js'
import { Run, type StageRunner } from '../run.js'
import { Scheduler } from '../schedule.js'
import { type Range, rangeSource } from './chunks.js'

/** What one thread does of a parallel stage: the stages run over the ranges of the file that they are given. */
export interface Share {
  /** Runs the stages over one more range; what they write is there to be taken then. Throws what they throw. */
  feed(range: Range): void
  /** Ends their input. */
  end(): void
  /** The next of what they wrote; undefined when nothing waits. The batch is the caller's. */
  take(): Batch | undefined
  /** How the stages ended, each in its place; undefined while they run. */
  readonly outcomes: readonly StageOutcome[] | undefined
  /** What each stage read, wrote and took, once they have ended; none where nothing is measured. */
  readonly statistics: readonly StageStatistics[]
  /** Stops the stages where they are. */
  close(): void
}

/** What a share is made of. */
export interface ShareOptions {
  readonly stages: readonly PlanStage[]
  readonly file: { readonly path: string; readonly fd: number }
  /** Takes what the stages say on standard error, as a view that is gone after the call. */
  readonly say: (bytes: Buffer) => void
  readonly host: Host
  readonly runStage: StageRunner
  /** Whether others have shares too. */
  readonly isPart: boolean
  /** Batches that may wait to be taken before the stages wait too. */
  readonly waiting: number
}

/**
 * Starts a share. It has a scheduler of its own, which runs its stages as far as they come whenever something is asked of
 * it; at the end of a range they have written all that comes of it, because they write what is ready before they wait (law 7).
 */
export function startShare(options: ShareOptions): Share {
  const { file, say, host, runStage, isPart, waiting } = options
  const isRedirected = options.stages[0]?.redirections.length !== 0
  const stages = options.stages.map((stage) => ({ ...stage, redirections: [] }))
  const scheduler = new Scheduler(true)
  const source = rangeSource(file.fd, host.readSize)
  const written = waitingBatches(waiting)
  const run = new Run({ ...host, scheduler, isPart, partStart: () => source.start }, runStage)
  const input = inputSource(source)
  const frame = {
    stdin: isRedirected ? input : emptyInput(run.host),
    stdout: outputSink(written.sink),
    stderr: outputSink(callbackSink(say)),
    files: new Map([[file.path, input]]),
    env: host.env,
  }
  const pipeline = { negated: false, stages, span: { start: 0, end: 0 } }
  const work = run.start(runList({ items: [{ when: 'always', pipeline }] }, frame, run))
  const advance = (): void => {
    scheduler.runReady()
    if (work.finished) work.result()
  }
  return {
    feed(range) {
      source.next(range)
      advance()
    },
    end() {
      source.next(undefined)
      advance()
    },
    take() {
      const batch = written.take()
      if (batch !== undefined) return batch
      advance()
      return written.take()
    },
    get outcomes() {
      if (!work.finished) return undefined
      return stages.map((stage) => {
        const end = run.ended.find((ended) => ended.stage === stage)
        return end?.outcome ?? { name: stage.name, code: 0, class: 'ok' as const }
      })
    },
    get statistics() {
      return stages.flatMap((stage) => {
        const end = run.ended.find((ended) => ended.stage === stage)
        return end?.meter === undefined ? [] : [end.meter.statistics]
      })
    },
    close() {
      void run.stop('SIGTERM')
      written.close()
      frame.stdin.close()
      input.close()
    },
  }
}

interface WaitingBatches {
  readonly sink: BatchSink
  take(): Batch | undefined
  close(): void
}

function waitingBatches(limit: number): WaitingBatches {
  const batches: Batch[] = []
  const taken = new Signal()
  const closing = new Signal()
  let isClosed = false
  return {
    sink: {
      *deliver(batch) {
        while (batches.length >= limit && !isClosed) yield taken
        if (isClosed) {
          releaseBlock(batch.block)
          throw new Closed()
        }
        const last = batches.at(-1)
        const joined = last && joinBatches(last, batch)
        if (joined === undefined) batches.push(batch)
        else batches[batches.length - 1] = joined
      },
      close: () => undefined,
      get closed() {
        return isClosed
      },
      closing,
    },
    take() {
      const batch = batches.shift()
      taken.wake()
      return batch
    },
    close() {
      isClosed = true
      for (const { block } of batches.splice(0)) releaseBlock(block)
      taken.wake()
      closing.wake()
    },
  }
}

/** Puts a small batch behind another one, where there is room: fewer blocks are in use, and stay in the cache. */
function joinBatches({ block, start, end }: Batch, next: Batch): Batch | undefined {
  const length = next.end - next.start
  if (length > batchSize / 4 || length > block.length - end) return undefined
  next.block.copy(block, end, next.start, next.end)
  releaseBlock(next.block)
  return { block, start, end: end + length }
}
