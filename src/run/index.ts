import { type PlanList, type PlanStage, stagesOf } from '../plan/plan.js'
import { type Frame, inputDescriptor, outputDescriptor } from './ends.js'
import { createHost, type Host, type HostOptions } from './host.js'
import { runList, type Status } from './list.js'
import { Run, type StageEnd } from './run.js'
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
  /** Ends every stage; real processes get `signal`. */
  stop(signal: NodeJS.Signals): Promise<void>
}

/** Whether a plan needs the event loop: real processes, followed files, sockets. */
export function isAsynchronous(list: PlanList): boolean {
  return [...stagesOf(list)].some(waitsForEvents)
}

function waitsForEvents(stage: PlanStage): boolean {
  if (stage.kind === 'command') return true
  if (stage.kind === 'group') return false
  const { asynchronous } = stage.tool
  if (typeof asynchronous !== 'function') return asynchronous === true
  return stage.settled?.kind === 'run' ? asynchronous(stage.settled.settings) : stage.settled === undefined
}

/**
 * Runs a plan that needs no event loop to its end, in one blocking loop: the fast way for a process that has
 * nothing else to do. An interrupt ends the process at once, as it ends any filter; there is nothing to clean up.
 */
export function runAlone(list: PlanList, options: Omit<HostOptions, 'scheduler'>): RunResult {
  const scheduler = new Scheduler(true)
  const run = new Run(createHost({ ...options, scheduler }))
  const status = scheduler.runToEnd(run.start(runList(list, processFrame(run.host), run)))
  return { status, ended: run.ended }
}

/** Runs a plan beside whatever else the process does. */
export function runBeside(
  list: PlanList,
  options: Omit<HostOptions, 'scheduler'>,
  frameOf: (host: Host) => Frame = processFrame,
): RunHandle {
  const scheduler = new Scheduler(false)
  const run = new Run(createHost({ ...options, scheduler }))
  const result = scheduler
    .finish(run.start(runList(list, frameOf(run.host), run)))
    .then((status) => ({ status, ended: run.ended }))
  return { result, stop: (signal) => run.stop(signal) }
}

/** The process's own three streams. */
function processFrame(host: Host): Frame {
  return {
    stdin: inputDescriptor(host, 0, false),
    stdout: outputDescriptor(host, 1, false),
    stderr: outputDescriptor(host, 2, false),
    env: host.env,
  }
}
