import { Duplex, Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream, TransformStream, WritableStream } from 'node:stream/web'
import { bareStage, planArguments } from '../plan/command.js'
import type { PlanStage } from '../plan/plan.js'
import { toolStage as planTool } from '../lookup.js'
import { loadTool, toolNames } from '../tools/index.js'
import { ToolError } from '../base/error.js'
import type { Tool } from '../base/tool.js'
import { PipelineError } from './error.js'
import type { Flow, Stage } from './flow.js'
import { splitLines } from './lines.js'
import { ownTool, type Transform } from './own-code.js'

/** Reads a file. */
export function file(path: string): Stage<'nothing', 'bytes'> {
  return toolStage('cat', () => ['--', path])
}

/** What the first stage reads, given by the program: text, bytes, an iterable of either, or a stream. */
export function from(
  source:
    | string
    | Uint8Array
    | Iterable<string | Uint8Array>
    | AsyncIterable<string | Uint8Array>
    | ReadableStream<Uint8Array>,
): Stage<'nothing', 'bytes'> {
  const pieces = typeof source === 'string' || source instanceof Uint8Array ? [source] : source
  return ownStage('from', () => pieces)
}

/** Changes a line at a time. The line comes without its newline; what is returned is written, a line each. */
export function eachLine(
  change: (line: string) => string | undefined | Iterable<string> | Promise<string | undefined>,
): Stage<'lines', 'lines'> {
  return ownStage(change.name === '' ? 'eachLine' : change.name, async function* (source) {
    for await (const line of splitLines(source)) {
      const changed = await change(line)
      if (typeof changed === 'string') yield `${changed}\n`
      else for (const each of changed ?? []) yield `${each}\n`
    }
  })
}

/** Code over byte batches: an async generator that is given the stage's input. */
export function transform(change: Transform): Stage<'bytes', 'bytes'> {
  return ownStage(change.name === '' ? 'transform' : change.name, change)
}

/** Through a Node or web stream that reads and writes bytes. */
export function through(stream: Duplex | TransformStream<Uint8Array, Uint8Array>): Stage<'bytes', 'bytes'> {
  const duplex = stream instanceof Duplex ? stream : Duplex.fromWeb(stream)
  return ownStage('through', (source) => Readable.from(source).compose<Duplex>(duplex))
}

/** Into a Node or web stream; the pipeline waits until it has taken everything. */
export function into(stream: Writable | WritableStream<Uint8Array>): Stage<'bytes', 'nothing'> {
  const writable = stream instanceof Writable ? stream : Writable.fromWeb(stream)
  return ownStage('into', async function* (source) {
    await pipeline(Readable.from(source), writable)
    yield* []
  })
}

/** A command of the system, also where a tool has its name. */
export function command(name: string, ...args: readonly string[]): Stage<'bytes', 'bytes'> {
  return {
    plan: (place) => {
      const context = { tools: new Map(), toolNames, ...place, report: () => undefined }
      const stage = planArguments([name, ...args], context)
      if (stage !== undefined) return Promise.resolve(stage)
      return Promise.reject(new PipelineError(`unknown command \`${name}\``, { code: 127 }))
    },
  }
}

/** A tool with its arguments: what the functions in tools.ts are made of. */
export function toolStage<Read extends Flow, Written extends Flow>(
  name: string,
  argumentsFor: (tool: Tool) => readonly string[],
): Stage<Read, Written> {
  return {
    plan: async (place) => {
      const tool = await loadTool(name)
      if (tool === undefined) throw new PipelineError(`no tool \`${name}\``, { code: 127 })
      try {
        return await planTool(tool, argumentsFor(tool), place)
      } catch (error) {
        if (!(error instanceof ToolError)) throw error
        throw new PipelineError(`${name}: ${error.message}`, { code: 2, cause: error })
      }
    },
  }
}

function ownStage<Read extends Flow, Written extends Flow>(
  name: string,
  change: Transform,
): Stage<Read, Written> {
  const stage: PlanStage = {
    ...bareStage(ownTool(name, change), []),
    settled: { kind: 'run', settings: undefined },
  }
  return { plan: () => Promise.resolve(stage) }
}
