import { readlinkSync } from 'node:fs'
import { basename } from 'node:path'
import { type Batch } from '../../base/io.js'
import { Indivisible } from '../../base/tool.js'
import { batchOf, releaseBlock } from '../../kernel/block.js'
import type { PlanStage } from '../../plan/plan.js'
import { createHost } from '../host.js'
import { runStage } from '../run-stage.js'
import { Scheduler } from '../schedule.js'
import { type Chunks, chunksOf } from './chunks.js'
import {
  chunksTaken,
  claimChunk,
  type Control,
  isStopped,
  join,
  nextChunk,
  received,
  send,
  waitForReceipt,
  waitForTaking,
} from './control.js'
import { type Share, startShare } from './share.js'
import { chunksAhead, kind, type ThreadEnd, type ThreadTask } from './task.js'

/** Does another thread's share of a parallel stage, and sends what comes of it, or why it failed. */
export function runThread(task: ThreadTask, makeStages: () => readonly PlanStage[]): void {
  const { control, thread } = task
  if (!join(control, thread, ownOsThread())) return
  const outbox = new Outbox(control, thread)
  let chunk = 0
  try {
    const chunks = chunksOf(task.file.fd, task.chunkSize)
    const share = startShare({
      ...task,
      stages: makeStages(),
      say: (bytes) => outbox.post(kind.said, chunk, batchOf(bytes)),
      host: hostFor(task),
      runStage,
      isPart: true,
      waiting: task.isOrdered ? Infinity : 1,
    })
    for (chunk = claim(task); chunk < chunks.count; chunk = claim(task))
      work(share, chunks, chunk, task, outbox)
    share.end()
    forward(share, chunks.count, outbox)
    const end: ThreadEnd = { outcomes: share.outcomes ?? [], statistics: share.statistics }
    outbox.post(kind.ended, chunks.count, batchOf(Buffer.from(JSON.stringify(end))))
  } catch (error) {
    if (error instanceof Stopped) return
    if (error instanceof Indivisible) outbox.post(kind.indivisible, chunk)
    else outbox.post(kind.failed, chunk, batchOf(Buffer.from(String(error))))
  }
  outbox.waitUntilEmpty()
}

/** The system's number of this thread; 0 where there is no /proc. */
function ownOsThread(): number {
  try {
    return Number(basename(readlinkSync('/proc/thread-self')))
  } catch {
    return 0
  }
}

function work(share: Share, chunks: Chunks, chunk: number, task: ThreadTask, outbox: Outbox): void {
  if (isStopped(task.control)) throw new Stopped()
  share.feed(chunks.range(chunk))
  if (!task.isOrdered) return
  // As the first thread does: what a last line without its end becomes is part of this chunk.
  if (chunk === chunks.count - 1) share.end()
  forward(share, chunk, outbox)
  outbox.post(kind.chunkEnd, chunk)
}

function forward(share: Share, chunk: number, outbox: Outbox): void {
  for (let batch = share.take(); batch !== undefined; batch = share.take())
    outbox.post(kind.bytes, chunk, batch)
}

/** Takes the next chunk. Outputs that are to be in order wait in memory: then it waits until there is room for more. */
function claim({ control, isOrdered }: ThreadTask): number {
  while (isOrdered) {
    if (isStopped(control)) throw new Stopped()
    const taken = chunksTaken(control)
    if (nextChunk(control) - taken < chunksAhead) break
    waitForTaking(control, taken)
  }
  return claimChunk(control)
}

function hostFor({
  env,
  cwd,
  memoryBudget,
  temporaryFolder,
  readSize,
  measures,
}: ThreadTask): ReturnType<typeof createHost> {
  return createHost({
    ...{ env, cwd, memoryBudget, temporaryFolder, readSize, measures },
    scheduler: new Scheduler(true),
    // What is divided runs no commands and describes nothing.
    lookUp: () => Promise.resolve(undefined),
    describe: () => '',
  })
}

/** Sends messages, and takes the batches back whose bytes were received. */
class Outbox {
  readonly #batches: (Batch | undefined)[] = []
  #released = 0

  constructor(
    private readonly control: Control,
    private readonly thread: number,
  ) {}

  /** Blocks while too many messages wait. Throws `Stopped` when nothing more is wanted. */
  post(what: number, chunk: number, batch?: Batch): void {
    const address = batch === undefined ? 0 : batch.block.byteOffset + batch.start
    const message = { kind: what, chunk, address, length: batch === undefined ? 0 : batch.end - batch.start }
    for (;;) {
      const seen = this.#release()
      if (isStopped(this.control)) throw new Stopped()
      if (send(this.control, this.thread, message)) break
      waitForReceipt(this.control, this.thread, seen)
    }
    this.#batches.push(batch)
  }

  /** Blocks until everything was received. */
  waitUntilEmpty(): void {
    for (;;) {
      const seen = this.#release()
      if (this.#batches.length === 0 || isStopped(this.control)) return
      waitForReceipt(this.control, this.thread, seen)
    }
  }

  #release(): number {
    const count = received(this.control, this.thread)
    for (; this.#released < count; this.#released++) {
      const batch = this.#batches.shift()
      if (batch !== undefined) releaseBlock(batch.block)
    }
    return count
  }
}

/** The first thread wants nothing more. */
class Stopped extends Error {}
