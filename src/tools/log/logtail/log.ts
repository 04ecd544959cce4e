import { statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { asSystemError, SystemError } from '../../../base/error.js'
import { fileSize, readAt, startOfLast } from '../../extent.js'
import { recordUnit } from '../../unit.js'
import { catchUp, type Found, knownFiles, olderFiles } from './catch-up.js'
import { closeFile, headOf, type LogFile, positionOf, renew, startAt } from './file.js'
import { type Fingerprint, fingerprintOf, type Position } from './fingerprint.js'

/** A log: what is followed under one name, through all its rotations. */
export interface Log {
  /** Absolute. */
  readonly path: string
  /** What messages and prefixes call it. */
  readonly name: string
  /** Its open files, the oldest first; the last has the name, or had it last. */
  files: LogFile[]
  /** Where reading stood in files that are still to be found. */
  positions: readonly Position[]
  /** The files that were read last. */
  done: readonly Fingerprint[]
  /** Where its first look begins. */
  beginning: Beginning
  isBegun: boolean
}

/** At the start of what is there, or before its last so many lines. */
export type Beginning = 'start' | number

/** What a checkpoint keeps of a log. */
export interface Progress {
  readonly positions: readonly Position[]
  readonly done: readonly Fingerprint[]
}

/** Told why a file of a log cannot be read: an errno's name, or `not a file`. */
export type Refuse = (name: string, code: string) => void

/** A log that goes on from `progress`; without it, rotated files count as read, unless they are wanted. */
export function newLog(
  path: string,
  name: string,
  how: { readonly progress: Progress | undefined; readonly beginning: Beginning; readonly rotated: boolean },
): Log {
  const { progress, beginning, rotated } = how
  return {
    path,
    name,
    files: [],
    positions: progress?.positions ?? [],
    done: progress?.done ?? (rotated ? [] : olderFiles(path)),
    beginning: progress === undefined && !rotated ? beginning : 'start',
    isBegun: false,
  }
}

export function progressOf({ files, positions, done }: Log): Progress {
  // The last one also when nothing of it was read: that it is the same file then tells how it was rotated.
  const begun = files.filter((file) => !file.isPacked && (file.offset > 0 || file === files.at(-1)))
  return { positions: [...positions, ...begun.map(positionOf)], done }
}

/** Looks what has the log's name now; returns whether there is another file to read. */
export function lookUp(log: Log, refuse: Refuse): boolean {
  const { path, files, positions, done, beginning, isBegun } = log
  const live = files.at(-1)
  const now = identityAt(path)
  if (typeof now === 'string') {
    // Gone: what is open is read on until something takes the name.
    if (now !== 'ENOENT' || live === undefined) refuse(log.name, now)
    if (isBegun) return false
  } else if (now.ino === live?.inode && now.dev === live.device) return false
  log.isBegun = true
  log.beginning = 'start'
  const isRewritten = typeof now !== 'string' && positions.some(({ inode }) => inode === now.ino)
  const isCopied = !isBegun && (positions.length === 0 || isRewritten)
  const hasMore = adopt(log, catchUp(path, { files, positions, done, isCopied }), refuse)
  const [first] = log.files
  if (first !== undefined && typeof now !== 'string' && !first.isPacked && beginning !== 'start')
    startAt(first, startOfLines(first.descriptor, beginning))
  return hasMore
}

/** The log's file was cut short, and is read from its start; before it what its copy has that was not read. */
export function readAnew(log: Log, file: LogFile, refuse: Refuse): void {
  const { path, files, done } = log
  if (file !== files.at(-1)) return finish(log, file)
  log.positions = file.offset > 0 ? [positionOf(file)] : []
  renew(file)
  adopt(log, catchUp(path, { files, renewed: file, positions: log.positions, done, isCopied: true }), refuse)
}

/**
 * Makes sure, before anything of a log's file goes out, that it was not rotated between the reading of the file
 * before it and its own. Returns whether there is something to read before it.
 */
export function settle(log: Log, file: LogFile, refuse: Refuse): boolean {
  const { path, files, done } = log
  file.isSettled = true
  if (file !== files.at(-1)) return false
  const hasMore = adopt(
    log,
    catchUp(path, { files, renewed: file, positions: [], done, isCopied: true }),
    refuse,
  )
  if (hasMore) file.isSettled = false
  return hasMore
}

/** Nothing more is expected of a file. */
export function finish(log: Log, file: LogFile): void {
  log.files = log.files.filter((other) => other !== file)
  const head = headOf(file.descriptor)
  if (head.length > 0) log.done = [...log.done, fingerprintOf(head)].slice(-knownFiles)
  closeFile(file)
}

/** What messages call a file of the log. */
export function nameOf({ name, path: own }: Log, path: string): string {
  if (path === own) return name
  const folder = dirname(name)
  return folder === '.' ? basename(path) : join(folder, basename(path))
}

function adopt(log: Log, { files, refusals }: Found, refuse: Refuse): boolean {
  for (const { path, code } of refusals) refuse(nameOf(log, path), code)
  if (files.length === 0) return false
  const before = log.files
  log.files = [...before.filter((file) => !files.includes(file)), ...files]
  log.positions = []
  return files.some((file) => !before.includes(file))
}

/** Where the last `count` whole lines begin, and a line after them that has no end yet. */
function startOfLines(descriptor: number, count: number): number {
  const end = fileSize(descriptor)
  const unfinished = end > 0 && readAt(descriptor, end - 1, Buffer.alloc(1))[0] !== 0x0a ? 1 : 0
  return startOfLast({ file: descriptor, start: 0, end }, count + unfinished, recordUnit(0x0a))
}

function identityAt(path: string): { readonly ino: number; readonly dev: number } | string {
  try {
    return statSync(path)
  } catch (error) {
    const refusal = asSystemError(error)
    if (refusal instanceof SystemError) return refusal.code
    throw refusal
  }
}
