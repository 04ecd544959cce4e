import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { system, SystemError, ToolError } from '../../../base/error.js'
import { quoteFile } from '../../../base/quote.js'
import type { Fingerprint, Position } from './fingerprint.js'
import type { Progress } from './log.js'

/** How far every log was read, by its path, kept in a file. */
export interface Checkpoint {
  progressOf(path: string): Progress | undefined
  /** Puts the new content in the place of the old, as one step. Throws `ToolError`. */
  save(logs: ReadonlyMap<string, Progress>): void
}

/** `file` is relative to `cwd`. Throws `ToolError` when it cannot be read or written, or is something else. */
export function openCheckpoint(file: string, cwd: string): Checkpoint {
  const place: Place = { file, path: resolve(cwd, file) }
  const before = read(place)
  let saved: string | undefined
  const save = (logs: ReadonlyMap<string, Progress>): void => {
    // Logs that are not followed this time keep their place.
    const all = Object.fromEntries([...before, ...logs])
    const text = `${JSON.stringify({ version, logs: all })}\n`
    if (text === saved) return
    write(place, text)
    saved = text
  }
  // Before anything goes out: a place that cannot be kept is no place.
  save(new Map())
  return { progressOf: (log) => before.get(log), save }
}

interface Place {
  /** As messages call it. */
  readonly file: string
  readonly path: string
}

const version = 1

function write({ file, path }: Place, text: string): void {
  const temporary = `${path}.new`
  try {
    system(() => {
      writeFileSync(temporary, text, { mode: 0o600 })
      renameSync(temporary, path)
    })
  } catch (error) {
    throw failure('cannot write checkpoint', file, error)
  }
}

function read({ file, path }: Place): Map<string, Progress> {
  let text: string
  try {
    text = system(() => readFileSync(path, 'utf8'))
  } catch (error) {
    if (error instanceof SystemError && error.code === 'ENOENT') return new Map()
    throw failure('cannot read checkpoint', file, error)
  }
  const content = parse(text)
  if (!isRecord(content) || content['version'] !== version || !isRecord(content['logs']))
    throw noCheckpoint(file)
  return new Map(Object.entries(content['logs']).map(([log, progress]) => [log, asProgress(progress, file)]))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function asProgress(value: unknown, file: string): Progress {
  if (isRecord(value)) {
    const { positions, done } = value
    if (Array.isArray(positions) && positions.every(isPosition) && Array.isArray(done) && done.every(isPrint))
      return { positions, done }
  }
  throw noCheckpoint(file)
}

function isPosition(value: unknown): value is Position {
  return (
    isRecord(value) &&
    isPrint(value['fingerprint']) &&
    [value['offset'], value['device'], value['inode']].every((number) => typeof number === 'number') &&
    typeof value['isCopy'] === 'boolean'
  )
}

function isPrint(value: unknown): value is Fingerprint {
  return isRecord(value) && typeof value['length'] === 'number' && typeof value['digest'] === 'string'
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function noCheckpoint(file: string): ToolError {
  return new ToolError(`${quoteFile(file)}: not a checkpoint; remove it to begin anew`, 1)
}

function failure(what: string, file: string, error: unknown): Error {
  if (error instanceof SystemError) return new ToolError(`${what} ${quoteFile(file)}: ${error.reason}`, 1)
  return error instanceof Error ? error : new Error(String(error))
}
