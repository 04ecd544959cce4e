import { constants, openSync } from 'node:fs'
import { resolve } from 'node:path'
import { SystemError, system, ToolError } from '../base/error.js'
import { quoteFile } from '../base/quote.js'
import type { Task } from '../base/task.js'
import type { PlanRedirection } from '../plan/plan.js'
import { bytesSource } from './buffered.js'
import { closedDescriptor } from './descriptor.js'
import {
  type Frame,
  inputDescriptor,
  type InputEnd,
  inputSource,
  outputDescriptor,
  type OutputEnd,
  outputSink,
} from './ends.js'
import { type Capture, expandText } from './expand.js'
import type { Host } from './host.js'

/** A stage's ends by descriptor number, its redirections applied. */
export type EndTable = ReadonlyMap<number, InputEnd | OutputEnd>

/**
 * Applies redirections from left to right (POSIX.1-2017 XCU 2.7). Files opened here are closed by `atEnd`.
 * Throws `ToolError` in the shell's words when one cannot be opened.
 */
export function* redirect(
  redirections: readonly PlanRedirection[],
  ends: EndTable,
  host: Host,
  capture: Capture,
  atEnd: (close: () => void) => void,
): Task<EndTable> {
  const table = new Map(ends)
  for (const { descriptor, operator, target } of redirections) {
    const text = yield* expandText(target, capture)
    const end = substitutionEnd(text, table) ?? open(operator, text, table, host)
    if (!isTaken(end, table)) atEnd(() => end.close())
    table.set(descriptor, end)
  }
  return table
}

export function isInput(end: InputEnd | OutputEnd): end is InputEnd {
  return 'source' in end
}

/** A stage's descriptors before its redirections. */
export function standardEnds(frame: Frame): EndTable {
  return new Map<number, InputEnd | OutputEnd>([
    [0, frame.stdin],
    [1, frame.stdout],
    [2, frame.stderr],
  ])
}

/** The end that `/dev/fd/N` means: a process substitution's, as in `> >(sort)`. */
function substitutionEnd(path: string, table: EndTable): InputEnd | OutputEnd | undefined {
  const number = /^\/dev\/fd\/(\d+)$/.exec(path)?.[1]
  return number === undefined ? undefined : table.get(Number(number))
}

function isTaken(end: InputEnd | OutputEnd, table: EndTable): boolean {
  return [...table.values()].includes(end)
}

function open(
  operator: PlanRedirection['operator'],
  text: string,
  table: EndTable,
  host: Host,
): InputEnd | OutputEnd {
  switch (operator) {
    case '<':
      return inputDescriptor(host, openFile(host, text, constants.O_RDONLY), true)
    case '<>':
      return inputDescriptor(host, openFile(host, text, constants.O_RDWR | constants.O_CREAT), true)
    case '>':
    case '>|':
      return outputDescriptor(host, openFile(host, text, createFlags | constants.O_TRUNC), true)
    case '>>':
      return outputDescriptor(host, openFile(host, text, createFlags | constants.O_APPEND), true)
    case '<<<':
      return inputSource(bytesSource(Buffer.from(`${text}\n`)))
    case '<&':
    case '>&':
      return duplicate(operator, text, table)
  }
}

const createFlags = constants.O_WRONLY | constants.O_CREAT

/** Opens a file at the host's place. Throws `ToolError` in the shell's words. */
export function openFile(host: Host, path: string, flags: number | string): number {
  try {
    return system(() => openSync(resolve(host.cwd, path), flags, 0o666))
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new ToolError(`${quoteFile(path)}: ${error.reason}`, 1)
  }
}

function duplicate(operator: '<&' | '>&', text: string, table: EndTable): InputEnd | OutputEnd {
  if (text === '-')
    return operator === '<&' ? inputSource(closedDescriptor()) : outputSink(closedDescriptor())
  const end = table.get(Number(text))
  if (end === undefined) throw new ToolError(`${text}: Bad file descriptor`, 1)
  return end
}

/** What runs inside a stage runs in: the stage's descriptors 0 to 2, and its environment. */
export function innerFrame({
  table,
  frame,
  env,
}: {
  readonly table: EndTable
  readonly frame: Frame
  readonly env: Frame['env']
}): Frame {
  const [stdin, stdout, stderr] = [table.get(0), table.get(1), table.get(2)]
  return {
    stdin: stdin !== undefined && isInput(stdin) ? stdin : frame.stdin,
    stdout: stdout !== undefined && !isInput(stdout) ? stdout : frame.stdout,
    stderr: stderr !== undefined && !isInput(stderr) ? stderr : frame.stderr,
    env,
  }
}
