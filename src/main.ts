import { basename } from 'node:path'
import { parseArguments } from './base/getopt.js'
import { DirectOutput } from './run/direct.js'
import { createHost, sinkOf, sourceOf } from './run/host.js'
import { Reader } from './run/reader.js'
import { Scheduler } from './run/schedule.js'
import { runTool, settleContext } from './run/stage.js'
import { Writer } from './run/writer.js'
import { loadTool } from './tools/index.js'

export async function main(invokedAs: string, argv: readonly string[]): Promise<void> {
  const name = basename(invokedAs).replace(/^sluice-/, '')
  const tool = await loadTool(name)
  if (!tool) throw new Error(name)
  const scheduler = new Scheduler(true)
  const host = createHost(scheduler)
  const settings = tool.settle(parseArguments(tool.options, argv, tool.syntax, host.env), settleContext(host))
  const work = scheduler.spawn(
    runTool(
      tool,
      settings,
      {
        stdin: new Reader('-', sourceOf(host, 0, false)),
        stdout: new Writer('standard output', sinkOf(host, 1, false)),
        stderr: new DirectOutput(2),
        stdoutIsTerminal: false,
      },
      host,
      function* () {
        return { code: 127 }
      },
    ),
  )
  process.exitCode = scheduler.runToEnd(work).code
}
