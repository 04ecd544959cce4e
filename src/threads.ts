import type { Worker as NodeWorker } from 'node:worker_threads'
import type { Tool } from './base/tool.js'
import { type KernelParts, kernelParts } from './kernel/index.js'
import { loadTools } from './load-tools.js'
import { listOf } from './lookup.js'
import { optimise } from './optimise/index.js'
import type { Machine } from './optimise/rule.js'
import type { PlanStage } from './plan/plan.js'
import { fromPortable } from './plan/portable.js'
import type { Thread, ThreadTask } from './run/parallel/task.js'
import { runThread } from './run/parallel/thread.js'
import { threadFile } from './run/thread-file.js'

/** What a new thread is given. */
export interface ThreadStart {
  readonly kernel: KernelParts
  readonly task: ThreadTask
}

/** Starts another thread of this process for a part of a stage's work. */
export function startThread(task: ThreadTask): Thread {
  // Loading the module takes milliseconds, and most runs start no thread.
  const { Worker } = process.getBuiltinModule('node:worker_threads')
  const start: ThreadStart = { kernel: kernelParts(), task }
  const worker: NodeWorker = new Worker(threadFile, { workerData: start })
  // One that could not begin is not missed; one that died at work is: `Colleague.checkAlive`.
  worker.on('error', () => undefined)
  return { memory: start.kernel.memory, terminate: () => void worker.terminate() }
}

/** What the other thread does: it makes the stages again that the first one made, and runs its share. */
export async function serveThread({ task }: ThreadStart): Promise<void> {
  const tools = await loadTools(task.written.flatMap(({ tool }) => tool ?? []))
  runThread(task, () => stagesFor(task, tools))
}

function stagesFor(
  { env, cwd, written, without }: ThreadTask,
  tools: ReadonlyMap<string, Tool>,
): readonly PlanStage[] {
  const stages = written.map((stage) => fromPortable(stage, tools, { env, cwd }))
  const machine: Machine = { threads: 2, leastDivided: 0, sizeOf: () => 0 }
  const { list } = optimise(listOf(stages), { without: new Set(without), machine })
  const [first] = list.items[0]?.pipeline.stages ?? []
  if (first?.kind !== 'parallel') throw new Error('the stages are others than in the first thread')
  return first.parts
}
