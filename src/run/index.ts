import type { Task } from '../base/task.js'
import { type PlanList, type PlanStage, stagesOf, staticText } from '../plan/plan.js'
import { demandOf } from './demand.js'
import {
  type EndTable,
  type Frame,
  type InputEnd,
  inputDescriptor,
  type OutputEnd,
  outputDescriptor,
} from './ends.js'
import { createHost, type Host, type HostOptions } from './host.js'
import { inherited } from './inherited.js'
import { runList } from './list.js'
import { isFifo } from './named-fifo.js'
import { Run, type StageEnd, type Status } from './run.js'
import { runStage } from './run-stage.js'
import { Scheduler } from './schedule.js'

/** How a run ended. */
export interface RunResult {
  readonly status: Status
  /** Every stage's end, in the order in which they ended. */
  readonly ended: readonly StageEnd[]
}

/** A run under way. */
export interface RunHandle {
  readonly result: Promise<RunResult>
  /** Ends every stage, those that heed it by themselves; real processes get `signal`. */
  stop(signal: NodeJS.Signals): Promise<void>
}

/** Whether a plan needs the event loop: real processes, followed files, sockets, FIFOs that stages open for each other. */
export function isAsynchronous(list: PlanList): boolean {
  const stages = [...stagesOf(list)]
  return stages.some(waitsForEvents) || (stages.length > 1 && stages.some(opensFifo))
}

function opensFifo(stage: PlanStage): boolean {
  const targets = stage.redirections.map(({ target }) => staticText(target))
  const settled = stage.kind === 'tool' && stage.settled?.kind === 'run' ? stage.settled : undefined
  const files =
    stage.kind === 'tool' && settled !== undefined ? stage.tool.files?.(settled.settings) : undefined
  const paths = [...targets, ...(files?.reads ?? []), ...(files?.writes ?? [])]
  return paths.some((path) => path !== undefined && isFifo(path))
}

function waitsForEvents(stage: PlanStage): boolean {
  if (stage.kind === 'command') return true
  if (stage.kind !== 'tool') return false
  const { asynchronous = false, leavesTraces } = stage.tool
  if (asynchronous === true) return true
  if (asynchronous === false && leavesTraces === undefined) return false
  if (stage.settled?.kind !== 'run') return stage.settled === undefined
  const { settings } = stage.settled
  return (asynchronous !== false && asynchronous(settings)) || leavesTraces?.(settings) === true
}

/**
 * Runs a plan that needs no event loop to its end, in one blocking loop: the fast way for a process that has
 * nothing else to do. An interrupt ends the process at once, as it ends any filter; there is nothing to clean up.
 */
export function runAlone(
  list: PlanList,
  options: Omit<HostOptions, 'scheduler'>,
  frameOf: (host: Host) => Frame,
): RunResult {
  const scheduler = new Scheduler(true)
  const run = new Run(createHost({ ...options, scheduler }), runStage)
  const status = scheduler.runToEnd(run.start(runWhole(list, frameOf(run.host), run)))
  return { status, ended: run.ended }
}

/** Runs a plan beside whatever else the process does. */
export function runBeside(
  list: PlanList,
  options: Omit<HostOptions, 'scheduler'>,
  frameOf: (host: Host) => Frame,
): RunHandle {
  const scheduler = new Scheduler(false)
  const run = new Run(createHost({ ...options, scheduler }), runStage)
  const result = scheduler
    .finish(run.start(runWhole(list, frameOf(run.host), run)))
    .then((status) => ({ status, ended: run.ended }))
    .catch(async (error: unknown) => {
      await run.stop('SIGTERM')
      throw error
    })
  return {
    result,
    async stop(signal) {
      const grace = run.host.stopping.request()
      if (grace > 0) await settledWithin(result, grace)
      await run.stop(signal)
    },
  }
}

function settledWithin(result: Promise<unknown>, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    const settle = (): void => {
      clearTimeout(timer)
      resolve()
    }
    result.then(settle, settle)
  })
}

/** Runs a list as all that its frame is for. */
function* runWhole(list: PlanList, frame: Frame, run: Run): Task<Status> {
  const { budget } = run.host
  const demand = demandOf(list)
  budget.expect(demand, 1)
  try {
    return yield* runList(list, frame, run)
  } finally {
    budget.expect(demand, -1)
    for (const end of [frame.stdin, frame.stdout, frame.stderr]) end.close()
  }
}

/** What the process itself was started with, for a list; `output` is where all output goes. */
export function processFrame(list: PlanList, host: Host, output: number): Frame {
  return {
    stdin: inputDescriptor(host, 0, false),
    stdout: outputDescriptor(host, output, false),
    stderr: outputDescriptor(host, 2, false),
    ...(mayUseInherited(list) ? { others: inheritedEnds(host) } : {}),
    env: host.env,
  }
}

/** Finding them takes a third of a millisecond. */
function mayUseInherited(list: PlanList): boolean {
  const duplicates = ({ redirections }: PlanStage): boolean =>
    redirections.some(({ operator }) => operator === '<&' || operator === '>&')
  return isAsynchronous(list) || [...stagesOf(list)].some(duplicates)
}

function inheritedEnds(host: Host): EndTable {
  const ends = inherited().map(({ descriptor, isWritten }): [number, InputEnd | OutputEnd] => [
    descriptor,
    (isWritten ? outputDescriptor : inputDescriptor)(host, descriptor, false),
  ])
  return new Map(ends)
}
