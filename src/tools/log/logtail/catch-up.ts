import { closeSync, constants, fstatSync, openSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { system, SystemError } from '../../../base/error.js'
import { archiveHead } from './archive.js'
import { headOf, logFile, type LogFile, type Opened } from './file.js'
import { beginsAs, type Fingerprint, fingerprintOf, isSame, type Position } from './fingerprint.js'
import { isCompressed, rotatedNames } from './rotated-name.js'

/** What is known of a log's files when they are looked for. */
export interface Known {
  /** Its open files. */
  readonly files: readonly LogFile[]
  /** The one of them that was cut short and begins anew. */
  readonly renewed?: LogFile
  /** Where reading stood in files that are to be found again. */
  readonly positions: readonly Position[]
  /** Files that were read to their end. */
  readonly done: readonly Fingerprint[]
  /** Whether what is found under rotated names was copied there, and so will not grow. */
  readonly isCopied: boolean
}

/** Files of a log that are to be read, the oldest first, and what cannot be read of it. */
export interface Found {
  readonly files: readonly LogFile[]
  readonly refusals: readonly Refusal[]
}

interface Refusal {
  readonly path: string
  /** An errno's name, or `not a file`. */
  readonly code: string
}

/**
 * Looks for what has not been read of a log: its file and the rotated ones, from the newest back to one that is known.
 *
 * A rotation may be under way meanwhile. So the names are looked up again afterwards, and all is done anew where one
 * has become another file's.
 */
export function catchUp(path: string, known: Known): Found {
  for (let attempt = 1; ; attempt++) {
    const names = namesOf(path)
    const walk = walkBack(path, names, known)
    const isStable =
      walk.seen.every((seen) => inodeAt(seen.path) === seen.inode) &&
      namesOf(path).join('/') === names.join('/')
    if (isStable || attempt === attempts) return { files: walk.unread.reverse(), refusals: walk.refusals }
    for (const file of walk.unread) if (file !== known.renewed) closeSync(file.descriptor)
  }
}

const attempts = 1000

/** What the rotated files of a log begin with, the newest ones: to tell them from those that come later. */
export function olderFiles(path: string): Fingerprint[] {
  return namesOf(path)
    .slice(1, 1 + knownFiles)
    .flatMap((older) => {
      const opened = openLog(older)
      if (typeof opened === 'string') return []
      const head = headAt(older, opened)
      closeSync(opened.descriptor)
      return head.length === 0 ? [] : [fingerprintOf(head)]
    })
}

/** How many files of a log that were read are told from new ones. */
export const knownFiles = 16

/** Opens a file without waiting; the errno's name when that is refused. */
function openLog(path: string): Opened | string {
  try {
    const descriptor = system(() => openSync(path, constants.O_RDONLY | constants.O_NONBLOCK))
    const stats = fstatSync(descriptor)
    if (stats.isFile()) return { descriptor, stats }
    closeSync(descriptor)
    return stats.isDirectory() ? 'EISDIR' : 'not a file'
  } catch (error) {
    if (error instanceof SystemError) return error.code
    throw error
  }
}

interface Walk {
  /** The newest first. */
  readonly unread: LogFile[]
  readonly refusals: readonly Refusal[]
  readonly seen: readonly { readonly path: string; readonly inode: number | undefined }[]
}

function walkBack(path: string, names: readonly string[], known: Known): Walk {
  const unread: LogFile[] = []
  const refusals: Refusal[] = []
  const seen: { path: string; inode: number | undefined }[] = []
  const missing = new Set(known.positions.filter(({ fingerprint }) => fingerprint.length > 0))
  /** How many of the unread ones there are up to the oldest that had been begun. */
  let begun = 0
  for (const name of names) {
    const opened = openLog(name)
    const isOpen = typeof opened !== 'string'
    seen.push({ path: name, inode: isOpen ? opened.stats.ino : inodeAt(name) })
    if (!isOpen) {
      if (opened !== 'ENOENT') refusals.push({ path: name, code: opened })
      continue
    }
    const verdict = judge({ name, opened, isLive: name === path }, path, known, missing)
    if (typeof verdict === 'string') closeSync(opened.descriptor)
    if (verdict === 'known') break
    if (verdict === 'renewed' && known.renewed !== undefined) unread.push(known.renewed)
    if (typeof verdict === 'string') continue
    const { position } = verdict
    const isCopy = name !== path && wasCopied(name, opened, position, known)
    unread.push(logFile(name, opened, { isCopy, offset: position?.offset ?? 0 }))
    if (position === undefined) continue
    missing.delete(position)
    begun = unread.length
    if (missing.size === 0) break
  }
  if (begun > 0) for (const file of unread.splice(begun)) closeSync(file.descriptor)
  return { unread, refusals, seen }
}

interface Candidate {
  readonly name: string
  readonly opened: Opened
  /** It has the log's own name. */
  readonly isLive: boolean
}

/** What a file is: to be read from a position on, or one where the way back ends, or nothing to read. */
function judge(
  { name, opened, isLive }: Candidate,
  path: string,
  { files, renewed, done }: Known,
  missing: ReadonlySet<Position>,
): 'known' | 'renewed' | 'nothing' | { readonly position: Position | undefined } {
  const { dev, ino, size } = opened.stats
  const held = files.find(({ inode, device }) => inode === ino && device === dev)
  if (held !== undefined) return held === renewed ? 'renewed' : 'known'
  const head = headAt(name, opened)
  const isPacked = isCompressed(name)
  if (!isLive && (head.length === 0 || isCopyOf(path, head, size))) return 'nothing'
  const hasHead = (file: LogFile): boolean => file !== renewed && headOf(file.descriptor).equals(head)
  if (isPacked && files.some(hasHead)) return 'known'
  const position = [...missing].find(
    ({ fingerprint, offset }) => beginsAs(head, fingerprint) && (isPacked || size >= offset),
  )
  const isDone = !isLive && position === undefined && done.some((print) => isSame(head, print))
  return isDone ? 'known' : { position }
}

function wasCopied(
  name: string,
  { stats }: Opened,
  position: Position | undefined,
  { isCopied }: Known,
): boolean {
  if (position === undefined) return isCopied || isCompressed(name)
  return position.isCopy || position.inode !== stats.ino
}

/** A log's file and its rotated ones, the newest first. */
function namesOf(path: string): string[] {
  const folder = dirname(path)
  return [path, ...rotatedNames(basename(path), entriesOf(folder)).map((name) => join(folder, name))]
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function headAt(path: string, { descriptor }: Opened): Buffer {
  return isCompressed(path) ? archiveHead(descriptor) : headOf(descriptor)
}

function inodeAt(path: string): number | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })?.ino
  } catch {
    return undefined
  }
}

/**
 * Whether a file is a copy of what the log holds now, made before the log is cut short. Asked after the copy's
 * beginning was read: the log then holds no less than the copy.
 */
function isCopyOf(path: string, head: Buffer, size: number): boolean {
  const live = openLog(path)
  if (typeof live === 'string') return false
  const liveHead = headOf(live.descriptor)
  closeSync(live.descriptor)
  return size <= live.stats.size && liveHead.subarray(0, head.length).equals(head)
}
