import { workingFolder } from '../base/path.js'
import { openSync } from 'node:fs'
import { resolve } from 'node:path'
import { systemPath } from '../base/bytes.js'
import { system } from '../base/error.js'
import { Budget } from '../base/budget.js'
import { batchSize, type Input, type Output } from '../base/io.js'
import { Stopping } from '../base/stopping.js'
import type { Environment, Tool } from '../base/tool.js'
import type { PlanStage } from '../plan/plan.js'
import type { BatchSink, BatchSource } from '../kernel/channel.js'
import { fileReadSize, kindOf, readDescriptor, writeDescriptor } from './descriptor.js'
import { refuseOwn } from './inherited.js'
import type { Meter } from './meter.js'
import type { Thread, ThreadTask } from './parallel/task.js'
import { fifoSink, fifoSource, isFifo } from './named-fifo.js'
import { pollReader } from './poll-reader.js'
import { pollWriter } from './poll-writer.js'
import { Reader } from '../kernel/reader.js'
import type { Scheduler } from './schedule.js'
import { Writer } from '../kernel/writer.js'

/** The process around a run: where it stands, how its stages may wait, and what it knows. */
export interface Host {
  readonly scheduler: Scheduler
  readonly stopping: Stopping
  readonly env: Environment
  readonly cwd: string
  /** What its stages may hold together. */
  readonly budget: Budget
  readonly temporaryFolder: string
  /** Bytes asked for in one read, at most `batchSize`; less only to test that batches may be cut anywhere. */
  readonly readSize: number
  /** Bytes of a file that a thread takes at a time, in whole NUL windows; less only to test that files may be cut anywhere. */
  readonly chunkSize: number
  /** Whether other threads begin first: only to test that they do as the first one does. */
  readonly othersFirst: boolean
  /** Whether stages are to be measured. */
  readonly measures: boolean
  /** Whether the stages read parts of a file: see `Traits.divisible`. */
  readonly isPart: boolean
  /** See `StageIo.partStart`. */
  readonly partStart: () => number
  /** Whether a stage is divided among threads now. One at a time is: threads beyond the cores would only take memory. */
  readonly division: { isUnderWay: boolean }
  /** Starts another thread for a part of a stage's work; absent where there is to be none. */
  readonly startThread?: (task: ThreadTask) => Thread
  /** The stage that a command's words stand for, looked up as the planner does; undefined when there is none. */
  lookUp(argv: readonly string[]): Promise<PlanStage | undefined>
  /** A tool's `--help` or `--version` text. */
  describe(tool: Tool, what: 'help' | 'version'): string
}

/** What a host is made of beyond its defaults. */
export type HostOptions = Pick<Host, 'scheduler' | 'lookUp' | 'describe'> &
  Partial<Host> & {
    /** Bytes of the budget. */
    readonly memoryBudget?: number
  }

export function createHost({ memoryBudget = defaultBudget, ...options }: HostOptions): Host {
  const env = options.env ?? process.env
  return {
    stopping: new Stopping(),
    env,
    cwd: workingFolder(),
    budget: new Budget(memoryBudget),
    temporaryFolder: env['TMPDIR'] ?? '/tmp',
    readSize: batchSize,
    chunkSize: usualChunkSize,
    othersFirst: false,
    measures: false,
    isPart: false,
    division: { isUnderWay: false },
    partStart: () => 0,
    ...options,
  }
}

/** Bytes of operator state: with what the process takes besides, a run stays under 256 MB. */
const defaultBudget = 174 * 1024 * 1024

/** A few milliseconds' work, in whole reads of a large file. */
const usualChunkSize = 2 * fileReadSize(batchSize, Infinity)

/** Opens a file for reading. Throws `SystemError`. */
export function openInput(host: Host, path: string, meter?: Meter): Input {
  refuseOwn(path)
  const place = locate(host, path)
  const source = waits(host, place)
    ? fifoSource(place, (fd) => sourceOf(host, fd, true))
    : sourceOf(
        host,
        system(() => openSync(systemPath(place), 'r')),
        true,
      )
  return new Reader(path, meter === undefined ? source : meter.source(source))
}

/** Opens a file for writing. Throws `SystemError`. */
export function openOutput(host: Host, path: string, append = false): Output {
  refuseOwn(path)
  const place = locate(host, path)
  const sink = waits(host, place)
    ? fifoSink(place, (fd) => sinkOf(host, fd, true))
    : sinkOf(
        host,
        system(() => openSync(systemPath(place), append ? 'a' : 'w')),
        true,
      )
  return new Writer(path, sink)
}

/** Whether opening would keep the other stages waiting. */
function waits({ scheduler }: Host, path: string): boolean {
  return !scheduler.blocking && isFifo(path)
}

/** The empty path names no file; resolved, it would be the working folder. */
function locate({ cwd }: Host, path: string): string {
  return path === '' ? path : resolve(cwd, path)
}

/** Reads from an open descriptor; `owned` when it is to be closed with the source. */
export function sourceOf(host: Host, fd: number, owned: boolean): BatchSource {
  if (host.scheduler.blocking) return readDescriptor(fd, host, owned)
  const kind = kindOf(fd)
  if (kind === 'stream' || kind === 'terminal') return pollReader(fd, kind, host, owned)
  return readDescriptor(fd, host, owned)
}

export function sinkOf(host: Host, fd: number, owned: boolean): BatchSink {
  if (!host.scheduler.blocking && kindOf(fd) === 'stream') return pollWriter(fd, owned)
  return writeDescriptor(fd, host.scheduler, owned)
}
