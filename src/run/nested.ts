import type { StageIo } from '../base/tool.js'
import type { PlanList } from '../plan/plan.js'
import { demandOf } from './demand.js'
import { type Frame, inputSource, outputSink } from './ends.js'
import { layered } from './layered.js'
import { runList } from './list.js'
import { innerFrame } from './redirect.js'
import { Run, type StageContext } from './run.js'

/** How a tool of ours runs the spec among its arguments: each time as a run of its own, on ends of its own. */
export function runNested(list: PlanList | undefined, context: StageContext): StageIo['runNested'] {
  let shared: Frame | undefined
  return function* ({ stdin, stdout, stderr, env }) {
    if (list === undefined) throw new Error('the tool declares no nested spec, or it was not planned')
    const { run: outer } = context
    shared ??= innerFrame(context)
    const run = new Run(outer.host, outer.runStage, outer)
    const frame: Frame = {
      stdin: inputSource(stdin),
      stdout: outputSink(stdout),
      stderr: outputSink(stderr),
      others: shared.others,
      env: layered(env, shared.env),
    }
    const demand = demandOf(list)
    outer.host.budget.expect(demand, 1)
    try {
      const { code, class: statusClass } = yield* runList(list, frame, run)
      return { code, class: statusClass, stages: run.ended.map(({ outcome }) => outcome) }
    } finally {
      outer.host.budget.expect(demand, -1)
      // What is left are the real processes and pumps of a run that was cut off.
      if (run.isUnderWay) void run.stop('SIGTERM')
    }
  }
}
