import { reasonFor } from '../base/error.js'
import type { Input, Output } from '../base/io.js'
import type { StageOutcome } from '../base/status.js'
import { type Task, until } from '../base/task.js'
import type { ChildOutcome, Environment, Operator, StageIo, StageServices, Tool } from '../base/tool.js'
import type { OperatorStage, PlanList, ToolStage } from '../plan/plan.js'
import { findProgram } from '../plan/programs.js'
import { InputNeeded, type Settled, settle, settleContext } from '../plan/settle.js'
import { closedDescriptor } from './descriptor.js'
import { runNested } from './nested.js'
import { borrowSink, borrowSource, emptyInput, isInput, type OutputEnd } from './ends.js'
import type { BatchSource } from '../kernel/channel.js'
import { expandWords } from './expand.js'
import type { Host } from './host.js'
import { flushMessages, messageOutput } from './message.js'
import type { Meter } from './meter.js'
import { Reader } from '../kernel/reader.js'
import { innerFrame } from './redirect.js'
import type { StageContext } from './run.js'
import { describeFailure, runTool, type Streams } from './stage.js'
import { Writer } from '../kernel/writer.js'

/** Runs a tool of ours as a stage. */
export function* runToolStage(stage: ToolStage, context: StageContext): Task<StageOutcome> {
  const { host } = context.run
  const streams = openStreams(context)
  try {
    const settled = stage.settled ?? (yield* settleLate(stage, context, streams))
    const outcome = 'class' in settled ? settled : yield* perform(settled)
    yield* flushMessages(streams.stderr)
    return outcome
  } finally {
    closeAll(streams)
  }

  function perform(what: Settled): Task<StageOutcome> {
    const [tool, settings] =
      what.kind === 'run' ? [stage.tool, what.settings] : [describing(stage.tool, what.kind, host), undefined]
    return runTool(tool, settings, streams, host, context.env, services(stage.nested, context))
  }
}

/** Runs what the optimiser put in the place of stages. */
export function runOperatorStage(
  { operator, writer }: OperatorStage,
  context: StageContext,
): Task<StageOutcome> {
  return runWork({ ...operator, writer }, context)
}

/** Work that runs as a stage. `writer` is whose failure a refused write is. */
export interface StageWork extends Pick<Operator, 'name' | 'status' | 'run'> {
  readonly writer: Pick<Tool, 'name' | 'status'>
}

/** Runs work on a stage's streams. */
export function* runWork(work: StageWork, context: StageContext): Task<StageOutcome> {
  const streams = openStreams(context)
  try {
    const runnable = { ...work, run: (_settings: unknown, io: StageIo) => work.run(io) }
    const { run, env } = context
    const outcome = yield* runTool(runnable, undefined, streams, run.host, env, services(undefined, context))
    yield* flushMessages(streams.stderr)
    return outcome
  } finally {
    closeAll(streams)
  }
}

function closeAll({ inputs, outputs }: OpenStreams): void {
  for (const input of inputs.values()) input.close()
  for (const output of outputs.values()) output.close()
}

function services(nested: PlanList | undefined, context: StageContext): StageServices {
  return {
    execute: execute(context),
    start: (task) => context.run.start(task),
    runNested: runNested(nested, context),
  }
}

/** A tool that writes what there is to say of it. */
function describing(tool: Tool, what: 'help' | 'version', host: Host): Tool {
  return {
    ...tool,
    *run(_settings, { stdout }) {
      stdout.text(host.describe(tool, what))
      yield* stdout.flush()
      return tool.status.described ?? 0
    },
  }
}

/** Settles arguments that only the run knows. What options name on the stage's own streams is read first. */
function* settleLate(
  stage: ToolStage,
  context: StageContext,
  streams: Streams,
): Task<Settled | StageOutcome> {
  const { run, env, filling } = context
  const { tool } = stage
  const argv = yield* expandWords(stage.arguments, run.host.cwd, filling)
  const contents = new Map<string, Buffer>()
  for (;;) {
    try {
      return settle(tool, argv, settleContext({ ...run.host, env }, contents))
    } catch (error) {
      if (error instanceof InputNeeded) {
        contents.set(error.path, yield* readAll(inputAt(error.descriptor, streams)))
        continue
      }
      const { text, code } = describeFailure(tool, error)
      streams.stderr.text(text)
      return { name: stage.name, code, class: 'error', explained: true }
    }
  }
}

function inputAt(descriptor: number, { stdin, inputs }: Streams): Input | undefined {
  return descriptor === 0 ? stdin : inputs?.get(descriptor)
}

function* readAll(input: Input | undefined): Task<Buffer> {
  const pieces: Buffer[] = []
  for (let batch = yield* read(); batch !== undefined; batch = yield* read()) pieces.push(Buffer.from(batch))
  return Buffer.concat(pieces)

  function* read(): Task<Buffer | undefined> {
    return input === undefined ? undefined : yield* input.read()
  }
}

type OpenStreams = Streams & Required<Pick<Streams, 'inputs' | 'outputs'>>

function openStreams({ table, frame, meter }: StageContext): OpenStreams {
  const measured = (source: BatchSource): BatchSource => meter?.source(source) ?? source
  const inputs = new Map<number, Input>()
  const outputs = new Map<number, Output>()
  for (const [descriptor, end] of table) {
    if (isInput(end)) inputs.set(descriptor, new Reader('-', measured(borrowSource(end))))
    // Two descriptors on one end share an output, so that `2>&1` keeps the order of what is written.
    else outputs.set(descriptor, sharedOutput(end) ?? openOutput(end, descriptor, meter))
  }
  const stdout = table.get(1)
  return {
    stdin: inputs.get(0) ?? new Reader('-', closedDescriptor()),
    stdout: outputs.get(1) ?? new Writer('standard output', closedDescriptor()),
    stderr: outputs.get(2) ?? new Writer('standard error', closedDescriptor()),
    stdoutIsTerminal: stdout !== undefined && !isInput(stdout) && stdout.isTerminal,
    inputs,
    outputs,
    files:
      frame.files &&
      new Map([...frame.files].map(([path, end]) => [path, new Reader(path, measured(borrowSource(end)))])),
    meter,
  }

  function sharedOutput(end: OutputEnd): Output | undefined {
    for (const [descriptor, output] of outputs) if (table.get(descriptor) === end) return output
    return undefined
  }
}

function openOutput(end: OutputEnd, descriptor: number, meter: Meter | undefined): Output {
  if (descriptor === 2) return messageOutput(end)
  const sink = borrowSink(end)
  return new Writer(descriptor === 1 ? 'standard output' : `/dev/fd/${descriptor}`, meter?.sink(sink) ?? sink)
}

/** How a tool of ours runs commands (`xargs`): each is a stage, on the tool's own ends. */
function execute(context: StageContext): StageIo['execute'] {
  const { run } = context
  return function* (argv, options) {
    const own = innerFrame(context)
    const stage = yield* until(run.host.lookUp(argv))
    if (stage === undefined) return notStarted(argv[0] ?? '', own.env, run.host.cwd)
    const stdin = options.stdin === 'own' ? own.stdin : emptyInput(run.host)
    const frame = { ...own, stdin, env: { ...own.env, ...options.env } }
    return yield* run.runStage(stage, frame, run, { position: 1, of: 1, meter: undefined }, () => {
      if (stdin !== own.stdin) stdin.close()
    })
  }
}

/** 127 for a command that is not there, 126 for one that may not be run (POSIX.1-2017 XCU 2.8.2). */
function notStarted(name: string, env: Environment, cwd: string): ChildOutcome {
  const program = findProgram(name, env, cwd)
  const isThere = 'path' in program || program.missing === 'not executable'
  return { code: isThere ? 126 : 127, failure: `${name}: ${reasonFor(isThere ? 'EACCES' : 'ENOENT')}` }
}
