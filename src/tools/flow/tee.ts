import { SystemError, ToolError, WriteError } from '../../base/error.js'
import { Closed, type Output } from '../../base/io.js'
import { quoteFile } from '../../base/quote.js'
import type { Task } from '../../base/task.js'
import { defineTool, type StageIo } from '../../base/tool.js'
import { bytes } from '../../base/type.js'
import { choose } from '../choice.js'

/** What happens when an output refuses: go on without it, silently or not, or end. */
interface ErrorRule {
  /** A failure to write ends everything. */
  readonly isFatal: boolean
  /** A reader that is done: `end` as by SIGPIPE, `ignore` its going, or `report` it as any other failure. */
  readonly closed: 'end' | 'ignore' | 'report'
}

const errorRules = {
  warn: { isFatal: false, closed: 'report' },
  'warn-nopipe': { isFatal: false, closed: 'ignore' },
  exit: { isFatal: true, closed: 'report' },
  'exit-nopipe': { isFatal: true, closed: 'ignore' },
} as const satisfies Record<string, ErrorRule>

const usualRule: ErrorRule = { isFatal: false, closed: 'end' }

const modes = ['warn', 'warn-nopipe', 'exit', 'exit-nopipe'] as const

interface Settings {
  readonly files: readonly string[]
  readonly append: boolean
  readonly ignoreInterrupts: boolean
  readonly errors: ErrorRule
}

export const tee = defineTool({
  name: 'tee',
  group: 'flow',
  summary: 'copy standard input to files and to standard output',
  usage: ['[OPTION]... [FILE]...'],
  options: {
    append: { short: 'a', long: 'append', help: 'append to the given FILEs, do not overwrite' },
    ignoreInterrupts: { short: 'i', long: 'ignore-interrupts', help: 'ignore interrupt signals' },
    ignoreClosed: { short: 'p', help: "as --output-error=warn-nopipe: go on when a pipe's reader is done" },
    outputError: {
      long: 'output-error',
      value: 'MODE',
      optionalValue: true,
      help: 'what to do when an output refuses: warn, warn-nopipe, exit or exit-nopipe',
    },
  },
  status: { trouble: 1, meaning: { 0: 'all was copied', 1: 'an output could not be written' } },
  settle(args): Settings {
    let errors = usualRule
    for (const { key, value, argument } of args.options) {
      if (key === 'ignoreClosed') errors = errorRules['warn-nopipe']
      if (key === 'outputError')
        errors =
          errorRules[value === undefined ? 'warn-nopipe' : choose('--output-error', value, modes, argument)]
    }
    return {
      files: args.operands,
      append: args.has('append'),
      ignoreInterrupts: args.has('ignoreInterrupts'),
      errors,
    }
  },
  types: () => ({ input: bytes, output: bytes }),
  traits: () => ({ memory: 'stream', keepsOrder: true, identity: true }),
  details: [
    'A FILE may be a process substitution: tee >(grep ERROR >errors) | wc -l.',
    'When the reader of one of its outputs is done, tee ends, as by SIGPIPE. With -p it goes on with the others.',
    'The modes: warn reports every output that refuses; warn-nopipe all but pipes whose reader is done; exit and exit-nopipe end at the first such failure.',
  ],
  examples: [{ about: 'Pass on, and keep a copy', spec: 'tee /dev/null', stdin: 'a\n', stdout: 'a\n' }],
  files: ({ files }) => ({ writes: files }),
  *run(settings, io) {
    const allowInterrupts = settings.ignoreInterrupts ? ignoreInterrupts() : undefined
    try {
      return (yield* copy(settings, io)) ? 0 : 1
    } finally {
      allowInterrupts?.()
    }
  },
})

/** Returns whether everything was read, and written everywhere. */
function* copy({ files, append, errors }: Settings, io: StageIo): Task<boolean> {
  let fine = true
  const outputs: Output[] = [io.stdout]
  for (const file of files) {
    try {
      outputs.push(io.create(file, { append }))
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      report(file, error.reason)
    }
  }
  try {
    while (outputs.length > 0) {
      const batch = yield* io.stdin.read()
      if (batch === undefined) break
      const last = outputs.at(-1)
      for (const output of [...outputs]) {
        try {
          if (output === last) yield* io.stdin.pass(output)
          else {
            output.append(batch)
            yield* output.flush()
          }
        } catch (error) {
          leave(output, error)
        }
      }
    }
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    io.warn(`read error: ${error.reason}`)
    fine = false
  }
  return fine

  /** Goes on without an output, unless its failure ends everything. */
  function leave(output: Output, error: unknown): void {
    const isClosed = error instanceof Closed
    if ((!isClosed && !(error instanceof WriteError)) || (isClosed && errors.closed === 'end')) throw error
    output.close()
    outputs.splice(outputs.indexOf(output), 1)
    if (!isClosed || errors.closed === 'report') report(output.name, isClosed ? 'Broken pipe' : error.message)
  }

  function report(name: string, reason: string): void {
    fine = false
    const message = `${quoteFile(name)}: ${reason}`
    if (errors.isFatal) throw new ToolError(message)
    io.warn(message)
  }
}

/** Until the returned function is called, SIGINT does nothing. */
function ignoreInterrupts(): () => void {
  const nothing = (): void => undefined
  process.on('SIGINT', nothing)
  return () => process.removeListener('SIGINT', nothing)
}
