import { closeSync, fstatSync, openSync } from 'node:fs'
import { resolve } from 'node:path'
import { systemPath } from '../../base/bytes.js'
import type { ParallelStage } from '../../plan/plan.js'
import { toPortable } from '../../plan/portable.js'
import type { Output } from '../../base/io.js'
import { isInput } from '../ends.js'
import { messageOutput } from '../message.js'
import { type StageStatistics, sumOfStatistics } from '../meter.js'
import type { StageContext } from '../run.js'
import type { Scheduler } from '../schedule.js'
import { type Chunks, chunksOf, type Range } from './chunks.js'
import { type Colleague, colleague } from './colleague.js'
import { type Control, createControl, stop, waitForJoining } from './control.js'
import { type Share, startShare } from './share.js'

/** Everything that works on a parallel stage: this thread's share, and the other threads. */
export interface Team {
  readonly control: Control
  readonly chunks: Chunks
  readonly own: Share
  readonly others: readonly Colleague[]
  readonly scheduler: Scheduler
  /** What the threads said, not yet flushed. */
  readonly messages: Output
  /**
   * Starts a share over the rest of the file that is no part: it sees the input as it is from there on. `say` takes what it
   * says: see `ShareOptions`.
   */
  takeOver(rest: Range, say: (bytes: Buffer) => void): Share
  /** What each stage took in all threads together, once they have ended; none where nothing is measured. */
  statistics(): readonly StageStatistics[]
  /** Stops all that is under way. */
  disband(): void
}

/** Starts the threads; undefined when the file, or what is around the stage or under way, does not allow it. */
export function assemble(stage: ParallelStage, context: StageContext): Team | undefined {
  const { run, env } = context
  const { startThread, division, measures, chunkSize, cwd } = run.host
  const [stdout, stderr] = [context.table.get(1), context.table.get(2)]
  if (stdout === undefined || stderr === undefined || isInput(stdout) || isInput(stderr)) return undefined
  if (startThread === undefined || division.isUnderWay) return undefined
  const fd = openDivisible(resolve(cwd, stage.file), stdout.sink().file)
  if (fd === undefined) return undefined

  division.isUnderWay = true
  const host = { ...run.host, env }
  const control = createControl(stage.threads - 1)
  const file = { path: stage.file, fd }
  const { temporaryFolder, readSize } = host
  const threads = Array.from({ length: stage.threads - 1 }, (_, index) =>
    startThread({
      ...{
        thread: index + 1,
        control,
        file,
        chunkSize,
        env,
        cwd,
        memoryBudget: host.budget.ofThread(stage.threads),
        temporaryFolder,
        readSize,
        measures,
      },
      written: stage.written.map(toPortable),
      without: stage.without,
      isOrdered: stage.combine === undefined,
    }),
  )
  if (host.othersFirst) for (const index of threads.keys()) waitForJoining(control, index + 1)
  const messages = messageOutput(stderr)
  const sayAtOnce = (bytes: Buffer): void => messages.append(bytes)
  const shares: Share[] = []
  const start = (isPart: boolean, waiting: number, say = sayAtOnce): Share => {
    const stages = isPart ? stage.parts : stage.stages
    const share = startShare({ stages, file, say, host, runStage: run.runStage, isPart, waiting })
    shares.push(share)
    return share
  }
  const own = start(true, stage.combine === undefined ? Infinity : 1)
  const others = threads.map((thread, index) => colleague(control, index + 1, thread, sayAtOnce))
  return {
    control,
    chunks: chunksOf(fd, chunkSize),
    own,
    others,
    messages,
    scheduler: host.scheduler,
    takeOver(rest, say) {
      const share = start(false, 1, say)
      share.feed(rest)
      share.end()
      return share
    },
    statistics() {
      const all = [...shares, ...others]
      return stage.parts.flatMap((_, index) => {
        const ofEach = all.flatMap(({ statistics }) => statistics[index] ?? [])
        return ofEach.length === 0 ? [] : [sumOfStatistics(ofEach)]
      })
    },
    disband() {
      division.isUnderWay = false
      stop(control)
      for (const thread of threads) thread.terminate()
      for (const share of shares) share.close()
      closeSync(fd)
    },
  }
}

/** Opens a regular file; undefined when it is none, cannot be opened, or is written to as well. */
function openDivisible(path: string, output: number | undefined): number | undefined {
  let fd: number
  try {
    fd = openSync(systemPath(path), 'r')
  } catch {
    // The stage that reads it says why, in its own words.
    return undefined
  }
  const stat = fstatSync(fd)
  const written = output === undefined ? undefined : fstatSync(output)
  if (stat.isFile() && !(written?.ino === stat.ino && written.dev === stat.dev)) return fd
  closeSync(fd)
  return undefined
}
