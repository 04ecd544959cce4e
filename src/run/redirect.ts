import { constants, openSync } from 'node:fs'
import { resolve } from 'node:path'
import { bytesOf, placeOf } from '../base/bytes.js'
import { SystemError, system, ToolError } from '../base/error.js'
import { quoteFile } from '../base/quote.js'
import type { Task } from '../base/task.js'
import type { PlanRedirection } from '../plan/plan.js'
import { bytesSource } from './buffered.js'
import {
  closedInput,
  closedOutput,
  type EndTable,
  type Frame,
  inputDescriptor,
  type InputEnd,
  inputSource,
  isInput,
  outputDescriptor,
  type OutputEnd,
} from './ends.js'
import { type Filling, expandText } from './expand.js'
import { isFifo, openFifo } from './named-fifo.js'
import type { Host } from './host.js'
import { refuseOwn } from './inherited.js'

/**
 * Applies redirections from left to right (POSIX.1-2017 XCU 2.7). Files opened here are closed by `atEnd`.
 * Throws `ToolError` in the shell's words when one cannot be opened.
 */
export function* redirect(
  redirections: readonly PlanRedirection[],
  ends: EndTable,
  host: Host,
  filling: Filling,
  atEnd: (close: () => void) => void,
): Task<EndTable> {
  const table = new Map(ends)
  for (const { descriptor, operator, target } of redirections) {
    const text = yield* expandText(target, filling)
    const end = substitutionEnd(text, table) ?? (yield* open(descriptor, operator, text, table, host))
    if (!isTaken(end, table)) atEnd(() => end.close())
    table.set(descriptor, end)
  }
  return table
}

/** A stage's descriptors before its redirections. */
export function endsOf(frame: Frame, substitutions: EndTable): EndTable {
  const table = new Map<number, InputEnd | OutputEnd>()
  table.set(0, frame.stdin).set(1, frame.stdout).set(2, frame.stderr)
  for (const more of [frame.others, substitutions])
    if (more !== undefined) for (const [descriptor, end] of more) table.set(descriptor, end)
  return table
}

/** The end that `/dev/fd/N` means: a process substitution's, as in `> >(sort)`. */
function substitutionEnd(path: string, table: EndTable): InputEnd | OutputEnd | undefined {
  const number = /^\/dev\/fd\/(\d+)$/.exec(path)?.[1]
  return number === undefined ? undefined : table.get(Number(number))
}

function isTaken(end: InputEnd | OutputEnd, table: EndTable): boolean {
  return [...table.values()].includes(end)
}

function* open(
  descriptor: number,
  operator: PlanRedirection['operator'],
  text: string,
  table: EndTable,
  host: Host,
): Task<InputEnd | OutputEnd> {
  switch (operator) {
    case '<':
      return inputDescriptor(host, yield* openTarget(host, text, constants.O_RDONLY), true)
    case '<>': {
      const file = yield* openTarget(host, text, constants.O_RDWR | constants.O_CREAT)
      const isOutput = descriptor === 1 || descriptor === 2
      return isOutput ? outputDescriptor(host, file, true) : inputDescriptor(host, file, true)
    }
    case '>':
    case '>|':
      return outputDescriptor(host, yield* openTarget(host, text, createFlags | constants.O_TRUNC), true)
    case '>>':
      return outputDescriptor(host, yield* openTarget(host, text, createFlags | constants.O_APPEND), true)
    case '<<<':
      return inputSource(bytesSource(bytesOf(`${text}\n`)))
    case '<&':
    case '>&':
      return duplicate(descriptor, operator, text, table, host)
  }
}

const createFlags = constants.O_WRONLY | constants.O_CREAT

/** Opens a redirection's file; a FIFO keeps only this stage waiting. Throws as `openFile`. */
function* openTarget(host: Host, path: string, flags: number): Task<number> {
  const place = resolve(host.cwd, path)
  if (host.scheduler.blocking || !isFifo(place)) return openFile(host, path, flags)
  try {
    refuseOwn(path)
    return yield* openFifo(place, flags)
  } catch (error) {
    throw refused(path, error)
  }
}

/** Opens a file at the host's place. Throws `ToolError` in the shell's words. */
export function openFile(host: Host, path: string, flags: number | string): number {
  try {
    refuseOwn(path)
    return system(() => openSync(placeOf(host.cwd, path), flags, 0o666))
  } catch (error) {
    throw refused(path, error)
  }
}

function refused(path: string, error: unknown): unknown {
  return error instanceof SystemError ? new ToolError(`${quoteFile(path)}: ${error.reason}`, 1) : error
}

function duplicate(
  descriptor: number,
  operator: '<&' | '>&',
  text: string,
  table: EndTable,
  host: Host,
): InputEnd | OutputEnd {
  if (text === '-') return operator === '<&' ? closedInput() : closedOutput()
  const end = table.get(Number(text))
  if (end === undefined) throw new ToolError(`${text}: Bad file descriptor`, 1)
  return end.descriptor === undefined ? end : facing(descriptor, end, end.descriptor, host)
}

/** An open file knows no direction: what may be done with it, the system says when it is used. */
function facing(number: number, end: InputEnd | OutputEnd, file: number, host: Host): InputEnd | OutputEnd {
  if (number === 0 && !isInput(end)) return inputDescriptor(host, file, false)
  if ((number === 1 || number === 2) && isInput(end)) return outputDescriptor(host, file, false)
  return end
}

/** What runs inside a stage runs in: the stage's descriptors, and its environment. */
export function innerFrame({ table, env }: { readonly table: EndTable; readonly env: Frame['env'] }): Frame {
  const [stdin, stdout, stderr] = [table.get(0), table.get(1), table.get(2)]
  return {
    others: new Map([...table].filter(([number]) => number > 2)),
    stdin: stdin !== undefined && isInput(stdin) ? stdin : closedInput(),
    stdout: stdout !== undefined && !isInput(stdout) ? stdout : closedOutput(),
    stderr: stderr !== undefined && !isInput(stderr) ? stderr : closedOutput(),
    env,
  }
}
