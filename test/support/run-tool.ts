import { parseArguments } from '../../src/base/getopt.js'
import type { Task } from '../../src/base/task.js'
import { bytesSource, callbackSink } from '../../src/run/buffered.js'
import { createHost } from '../../src/run/host.js'
import { Reader } from '../../src/kernel/reader.js'
import { Scheduler } from '../../src/run/schedule.js'
import { describeFailure, runTool } from '../../src/run/stage.js'
import { settleContext } from '../../src/plan/settle.js'
import { Writer } from '../../src/kernel/writer.js'
import { loadTool } from '../../src/tools/index.js'

export interface ToolRun {
  readonly tool: string
  readonly args: readonly string[]
  readonly stdin?: Uint8Array
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** Bytes a read gives at most: small values cut batches inside lines and characters. */
  readonly readSize?: number
  /** Bytes of operator state before a stage spills. */
  readonly memoryBudget?: number
}

export interface ToolResult {
  readonly stdout: Buffer
  readonly stderr: string
  readonly exit: number
}

/** Runs a tool in this process as its command would run, with its streams in memory. */
export async function runToolHere(run: ToolRun): Promise<ToolResult> {
  const tool = await loadTool(run.tool)
  if (tool === undefined) throw new Error(`no tool ${run.tool}`)
  const scheduler = new Scheduler(true)
  const host = createHost({
    scheduler,
    env: run.env,
    cwd: run.cwd,
    lookUp: () => Promise.reject(new Error('no commands here')),
    describe: () => '',
    ...(run.readSize === undefined ? {} : { readSize: run.readSize }),
    ...(run.memoryBudget === undefined ? {} : { memoryBudget: run.memoryBudget }),
  })
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  const errors = new Writer(
    'standard error',
    callbackSink((bytes) => stderr.push(Buffer.from(bytes))),
  )
  const exit = ((): number => {
    try {
      const argv = tool.syntax?.obsolete?.(run.args, run.env) ?? run.args
      const settings = tool.settle(
        parseArguments(tool.options, argv, tool.syntax, run.env),
        settleContext(host, new Map([['-', Buffer.from(run.stdin ?? [])]])),
      )
      const streams = {
        stdin: new Reader('-', bytesSource(run.stdin ?? new Uint8Array(), run.readSize)),
        stdout: new Writer(
          'standard output',
          callbackSink((bytes) => stdout.push(Buffer.from(bytes))),
        ),
        stderr: errors,
        stdoutIsTerminal: false,
      }
      const noChildren = {
        *execute() {
          return { code: 127 }
        },
        start: <Result>(task: Task<Result>) => scheduler.spawn(task),
        *runNested() {
          throw new Error('nothing runs nested specs here')
        },
      }
      return scheduler.runToEnd(scheduler.spawn(runTool(tool, settings, streams, host, host.env, noChildren)))
        .code
    } catch (error) {
      const { text, code } = describeFailure(tool, error)
      errors.text(text)
      return code
    }
  })()
  scheduler.runToEnd(scheduler.spawn(errors.flush()))
  return { stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString(), exit }
}
