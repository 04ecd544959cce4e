import { Allowance } from '../base/budget.js'
import { SystemError, ToolError, UsageError, WriteError } from '../base/error.js'
import { Closed, type Input, type Output } from '../base/io.js'
import type { StageOutcome } from '../base/status.js'
import type { Task } from '../base/task.js'
import { classify, type Environment, type StageIo, type StageServices, type Tool } from '../base/tool.js'
import { streamDescriptor } from '../base/path.js'
import { flushMessages } from './message.js'
import type { Meter } from './meter.js'
import { type Host, openInput, openOutput } from './host.js'

/** The streams of a stage. `inputs` and `outputs` are what its `/dev/fd/N` operands lead to. */
export interface Streams {
  readonly stdin: Input
  readonly stdout: Output
  readonly stderr: Output
  readonly stdoutIsTerminal: boolean
  readonly inputs?: ReadonlyMap<number, Input>
  readonly outputs?: ReadonlyMap<number, Output>
  /** What is read in the place of files, by their paths. */
  readonly files?: ReadonlyMap<string, Input> | undefined
  /** What counts the files that the stage opens itself. */
  readonly meter?: Meter | undefined
}

/** What can run as a stage. `writer` is whose failure a refused write is, when that is another's. */
type Runnable = Pick<Tool, 'name' | 'status' | 'run'> & { readonly writer?: Pick<Tool, 'name' | 'status'> }

/** Runs one tool to its end: its outcome, with every failure said on standard error. */
export function* runTool(
  tool: Runnable,
  settings: unknown,
  streams: Streams,
  host: Host,
  env: Environment,
  services: StageServices,
): Task<StageOutcome> {
  const { name, status } = tool
  const closers: (() => void)[] = []
  let explained = false
  const warn: StageIo['warn'] = (message, by = name) => {
    explained = true
    streams.stderr.text(`${by}: ${message}\n`)
  }
  const io = stageIo(name, warn, streams, host, env, services, (close) => closers.push(close))
  try {
    const code = yield* tool.run(settings, io)
    // Nothing to write, nothing to be told: a tool may have gone on without its reader.
    if (streams.stdout.pending > 0) yield* streams.stdout.flush()
    return { name, code, class: classify(status, code), explained }
  } catch (error) {
    if (error instanceof Closed) return { name, code: 141, signal: 'SIGPIPE', class: 'ok' }
    const failing = error instanceof WriteError ? (tool.writer ?? tool) : tool
    const { text, code } = describeFailure(failing, error)
    streams.stderr.text(text)
    // With `2>&1` it is standard output, which is about to be closed.
    yield* flushMessages(streams.stderr)
    return { name, code, class: classify(status, code), explained: true }
  } finally {
    for (const close of closers) close()
  }
}

/** What a failure is called on standard error, and its exit code. An error that is not a user's is thrown on. */
export function describeFailure(
  { name, status }: Pick<Tool, 'name' | 'status'>,
  error: unknown,
): { text: string; code: number } {
  if (error instanceof ToolError) {
    return {
      text: `${name}: ${error.message}\n${hintOf({ name, status }, error)}`,
      code: error.exit ?? status.trouble,
    }
  }
  if (error instanceof WriteError) {
    return {
      text: `${name}: ${status.writeError ?? 'write error'}: ${error.message}\n`,
      code: status.writeTrouble ?? status.trouble,
    }
  }
  if (error instanceof SystemError) return { text: `${name}: ${error.reason}\n`, code: status.trouble }
  throw error
}

function hintOf({ name, status }: Pick<Tool, 'name' | 'status'>, error: ToolError): string {
  if (!(error instanceof UsageError)) return ''
  if (status.tellsHelp === true && error.help !== undefined) return `help: ${error.help}\n`
  return error.hint ? `${status.usageHint ?? `Try '${name} --help' for more information.`}\n` : ''
}

function stageIo(
  name: string,
  warn: StageIo['warn'],
  streams: Streams,
  host: Host,
  env: Environment,
  { execute, start, runNested }: StageServices,
  atEnd: (close: () => void) => void,
): StageIo {
  const { stdin, stdout, stderr } = streams
  for (const stream of [stdin, stdout]) atEnd(() => stream.close())
  const memory = new Allowance(host.budget)
  atEnd(() => memory.hold(0))
  return {
    name,
    env,
    cwd: host.cwd,
    stdin,
    stdout,
    stderr,
    stdoutIsTerminal: streams.stdoutIsTerminal,
    warn,
    execute,
    start,
    runNested,
    open(path) {
      const descriptor = streamDescriptor(path)
      const own =
        descriptor === 0 ? stdin : (streams.inputs?.get(descriptor ?? -1) ?? streams.files?.get(path))
      if (own !== undefined) return own
      const input = openInput(host, path, streams.meter)
      atEnd(() => input.close())
      return input
    },
    create(path, { append = false } = {}) {
      const descriptor = streamDescriptor(path)
      if (descriptor === 1 && path !== '-') return stdout
      if (descriptor === 2) return stderr
      const own = streams.outputs?.get(descriptor ?? -1)
      if (own !== undefined) return own
      const output = openOutput(host, path, append)
      atEnd(() => output.close())
      return output
    },
    breathe: () => host.scheduler.breathe(),
    stopping: host.stopping,
    memory,
    temporaryFolder: () => env['TMPDIR'] ?? host.temporaryFolder,
    isPart: host.isPart,
    partStart: host.partStart,
  }
}
