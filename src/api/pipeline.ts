import { workingFolder } from '../base/path.js'
import { promisify } from 'node:util'
import { Closed } from '../base/io.js'
import { until } from '../base/task.js'
import { listOf, lookUp, type Place } from '../lookup.js'
import { optimise } from '../optimise/index.js'
import type { GroupStage, PlanList, PlanStage } from '../plan/plan.js'
import { renderDescription } from '../render/help.js'
import { renderFailures } from '../report/outcome.js'
import { bytesSource, callbackSink } from '../run/buffered.js'
import type { BatchSink } from '../kernel/channel.js'
import { inputDescriptor, inputSource, outputSink } from '../run/ends.js'
import { handover } from '../run/handover.js'
import { runBeside, type RunResult } from '../run/index.js'
import { thisMachine } from '../machine.js'
import { startThread } from '../threads.js'
import { type Outcome, PipelineError } from './error.js'
import type { Fitting, Flow, Reads, Stage, Writes } from './flow.js'
import { splitLines } from './lines.js'

/** What a run may be given. */
export interface RunOptions {
  /** Ends every stage when it aborts; the run then rejects with a `PipelineError` that is `aborted`. */
  readonly signal?: AbortSignal
  /** The folder that relative paths start from; the process's own when absent. */
  readonly cwd?: string
  /** The whole environment of the stages; the process's own when absent. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** What the first stage reads: text, bytes, or an open descriptor (0 is the process's own). Empty when absent. */
  readonly stdin?: string | Uint8Array | number
}

/**
 * A pipeline that has not run yet; it may run several times. Iterating over it gives its lines, as text. As a
 * `Stage` it may be a part of another pipeline.
 */
export class Pipeline<Read extends Flow = Flow, Written extends Flow = Flow>
  implements Stage<Read, Written>, AsyncIterable<string>
{
  declare readonly flow?: { readonly reads: Read; readonly writes: Written }
  readonly #options: RunOptions

  /** @internal */
  constructor(
    private readonly list: (place: Place) => Promise<PlanList>,
    options: RunOptions = {},
  ) {
    this.#options = options
  }

  /** The same pipeline with other options; those given before stay. */
  with(options: RunOptions): Pipeline<Read, Written> {
    return new Pipeline(this.list, { ...this.#options, ...options })
  }

  /** Runs it with its output to the process's standard output. Rejects with `PipelineError`, as all of these. */
  async run(): Promise<Outcome> {
    return await this.#run(programOutput())
  }

  /** Its output, whole. */
  async bytes(): Promise<Buffer> {
    const pieces: Buffer[] = []
    await this.#run(callbackSink((bytes) => void pieces.push(Buffer.from(bytes))))
    return Buffer.concat(pieces)
  }

  /** Its output as UTF-8 text, exactly: the last newline stays. */
  async text(): Promise<string> {
    return (await this.bytes()).toString()
  }

  /** Its output's lines, without their newlines. */
  async lines(): Promise<string[]> {
    const text = await this.text()
    return text === '' ? [] : (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
  }

  /** Its output as it comes. Leaving the loop early ends the pipeline, which is a success. */
  async *chunks(): AsyncGenerator<Buffer, void, void> {
    const output = handover()
    const ended = this.#run(output)
    // The loop below is where a failure is thrown; here it must only not count as unhandled.
    ended.catch(() => undefined)
    yield* output.chunks()
    await ended
  }

  [Symbol.asyncIterator](): AsyncIterator<string> {
    return splitLines(this.chunks())[Symbol.asyncIterator]()
  }

  /** @internal The pipeline as one stage of another. */
  readonly plan = async (place: Place): Promise<GroupStage> => ({
    kind: 'group',
    name: '{ … }',
    span: { start: 0, end: 0 },
    redirections: [],
    environment: [],
    substitutions: [],
    list: await this.list(place),
  })

  async #run(output: BatchSink): Promise<Outcome> {
    try {
      return await this.#runInto(output)
    } finally {
      // Also where it did not come to a run: whoever reads the output waits for its end.
      output.close()
    }
  }

  async #runInto(output: BatchSink): Promise<Outcome> {
    const { signal, stdin = '', cwd = workingFolder(), env = process.env } = this.#options
    const place = { cwd, env }
    throwIfAborted(signal)
    const { list } = optimise(await this.list(place), { machine: thisMachine(place) })
    throwIfAborted(signal)
    const stderr: Buffer[] = []
    const run = runBeside(
      list,
      { ...place, lookUp: (argv) => lookUp(argv, place), describe: renderDescription, startThread },
      (host) => ({
        stdin:
          typeof stdin === 'number'
            ? inputDescriptor(host, stdin, false)
            : inputSource(bytesSource(Buffer.from(stdin))),
        stdout: outputSink(output),
        stderr: outputSink(callbackSink((bytes) => void stderr.push(Buffer.from(bytes)))),
        env,
      }),
    )
    let stopping: Promise<void> | undefined
    const abort = (): void => void (stopping = run.stop('SIGTERM'))
    signal?.addEventListener('abort', abort, { once: true })
    try {
      return outcomeOf(await run.result, Buffer.concat(stderr).toString())
    } catch (error) {
      await stopping
      throwIfAborted(signal)
      throw error
    } finally {
      signal?.removeEventListener('abort', abort)
    }
  }
}

/** The stages as one pipeline. Where two neighbours do not fit, it does not compile. */
export function pipe<const Stages extends readonly [Stage, ...Stage[]]>(
  ...stages: Stages & Fitting<Stages>
): Pipeline<Reads<Stages[0]>, Writes<Last<Stages>>> {
  const all: readonly Stage[] = stages
  return new Pipeline(async (place) => listOf(await planAll(all, place)))
}

type Last<Stages extends readonly Stage[]> = Stages extends readonly [...Stage[], infer Final extends Stage]
  ? Final
  : Stage

/** Every stage's plan; what is wrong with any of them comes in one error. */
async function planAll(stages: readonly Stage[], place: Place): Promise<PlanStage[]> {
  const results = await Promise.allSettled(stages.map((stage) => stage.plan(place)))
  const failures = results.flatMap((result) =>
    result.status === 'rejected' ? [messageOf(result.reason)] : [],
  )
  if (failures.length > 0) throw new PipelineError(failures.join('\n'), { code: 2 })
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
}

function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason)
}

function outcomeOf({ status, ended }: RunResult, stderr: string): Outcome {
  const stages = ended.map(({ outcome }) => outcome)
  const outcome: Outcome = { ok: status.code === 0, code: status.code, stages, stderr }
  if (status.class !== 'error') return outcome
  const said = (stderr + renderFailures(ended)).trimEnd()
  throw new PipelineError(said === '' ? `the pipeline failed with ${status.code}` : said, outcome)
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return
  throw new PipelineError('the pipeline was aborted', { aborted: true, cause: signal.reason })
}

/** The program's own standard output, in order with what the program writes there itself. */
function programOutput(): BatchSink {
  const sink = callbackSink(() => undefined)
  return {
    ...sink,
    *deliver(batch) {
      const copy = Buffer.from(batch.block.subarray(batch.start, batch.end))
      yield* sink.deliver(batch)
      const write = promisify((done: (error?: Error | null) => void) => process.stdout.write(copy, done))
      try {
        yield* until(write())
      } catch {
        throw new Closed()
      }
    },
  }
}
