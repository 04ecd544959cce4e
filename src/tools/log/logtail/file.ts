import { closeSync, type Stats } from 'node:fs'
import { batchSize } from '../../../base/io.js'
import { kernel } from '../../../kernel/index.js'
import { fileSize, readAt } from '../../extent.js'
import { type Fingerprint, fingerprintOf, headLength, type Position } from './fingerprint.js'
import type { Landing } from './landing.js'
import { isCompressed } from './rotated-name.js'

/** An open file that lines are read from. */
export interface LogFile {
  readonly path: string
  descriptor: number
  /** It is still compressed; what `offset` says is to be gone to when it is not any more. */
  isPacked: boolean
  readonly device: number
  readonly inode: number
  /** Nobody writes to it any more: it was copied or compressed, and ends as it is. */
  readonly isCopy: boolean
  /** How much of it went out. */
  offset: number
  /** What it begins with, as far as that went out: `headLength` bytes at most. */
  head: Buffer
  /** Up to here no line ends after `offset`. */
  scanned: number
  /** What its first line begins with: the end of the copy before it. */
  before: Buffer
  /** Whether it is known that nothing was left unread between the file before it and its beginning. */
  isSettled: boolean
  /** A piece of a line went out as a line; the line end that may follow belongs to it. */
  isCut: boolean
  /** When it last grew, by the clock of `performance.now`. */
  grown: number
}

/** A descriptor of what may be a log. */
export interface Opened {
  readonly descriptor: number
  readonly stats: Stats
}

const nothing = Buffer.alloc(0)
const lineEnd = 0x0a

/** A file to be read from `offset` on. */
export function logFile(
  path: string,
  { descriptor, stats }: Opened,
  { isCopy, offset }: Pick<LogFile, 'isCopy' | 'offset'>,
): LogFile {
  const file: LogFile = {
    path,
    descriptor,
    isPacked: isCompressed(path),
    device: stats.dev,
    inode: stats.ino,
    isCopy,
    offset,
    head: nothing,
    scanned: offset,
    before: nothing,
    isSettled: false,
    isCut: false,
    grown: performance.now(),
  }
  if (!file.isPacked) startAt(file, offset)
  return file
}

/** Goes to an offset, as if all before it had gone out. */
export function startAt(file: LogFile, offset: number): void {
  const { descriptor } = file
  file.head = headOf(descriptor, Math.min(offset, headLength))
  file.isCut = offset > 0 && readAt(descriptor, offset - 1, Buffer.alloc(1))[0] !== lineEnd
  file.offset = file.scanned = offset
  file.isSettled = offset > 0
}

/** Goes back to the start of a file that is another now. */
export function renew(file: LogFile): void {
  file.before = nothing
  startAt(file, 0)
}

export function headOf(descriptor: number, length = headLength): Buffer {
  return readAt(descriptor, 0, Buffer.alloc(length))
}

export function positionOf({ head, offset, device, inode, isCopy }: LogFile): Position {
  let fingerprint = fingerprints.get(head)
  if (fingerprint === undefined) {
    fingerprint = fingerprintOf(head)
    fingerprints.set(head, fingerprint)
  }
  return { fingerprint, offset, device, inode, isCopy }
}

/** A beginning stays the same for most of a file's life, and its place is kept after every batch. */
const fingerprints = new WeakMap<Buffer, Fingerprint>()

/**
 * The next whole lines, as many as a batch holds; 'end' when there are none now. They are good until the next reading.
 *
 * What was read is good only if the file was not cut short and written anew meanwhile. So the beginning is compared
 * after the reading, not before: where it is still the same, what was read came behind it.
 */
export function nextLines(file: LogFile, landing: Landing): Buffer | 'end' | 'truncated' {
  const { descriptor, before } = file
  let wanted = batchSize
  for (;;) {
    if (file.scanned - file.offset >= batchSize) {
      const end = findLineEnd(file, landing)
      if (end === undefined) return isStillSame(file) ? 'end' : 'truncated'
      wanted = end - file.offset
    }
    const room = landing.room(before.length + wanted)
    room.set(before)
    const count = readAt(descriptor, file.offset, room.subarray(before.length)).length
    if (!isStillSame(file)) return 'truncated'
    const bytes = room.subarray(0, before.length + count)
    const from = bytes.byteOffset
    const cut = (kernel.findLastByte(from, from + bytes.length, lineEnd) >>> 0) + 1 - from
    if (cut > 0) return bytes.subarray(0, cut)
    if (count < wanted) {
      noteGrowth(file, file.offset + count)
      return 'end'
    }
    noteGrowth(file, file.offset + count)
  }
}

/** What a file ends with after its last whole line. */
export function restOf(file: LogFile): Buffer {
  const { before, offset, scanned, descriptor } = file
  return Buffer.concat([before, readAt(descriptor, offset, Buffer.alloc(scanned - offset))])
}

/** Where a file stands behind lines that were read from it. They need not be there any more when that is applied. */
export function behind(
  file: LogFile,
  lines: Buffer,
): Pick<LogFile, 'offset' | 'head' | 'scanned' | 'before' | 'isCut' | 'isSettled' | 'grown'> {
  const own = lines.subarray(file.before.length)
  const offset = file.offset + own.length
  const missing = headLength - file.head.length
  return {
    offset,
    head: missing > 0 ? Buffer.concat([file.head, own.subarray(0, missing)]) : file.head,
    scanned: offset,
    before: nothing,
    isCut: false,
    isSettled: true,
    grown: performance.now(),
  }
}

export function closeFile({ descriptor }: LogFile): void {
  closeSync(descriptor)
}

function isStillSame({ descriptor, head, offset }: LogFile): boolean {
  if (fileSize(descriptor) < offset) return false
  const now = readAt(descriptor, 0, headRoom.subarray(0, head.length))
  return now.equals(head)
}

const headRoom = Buffer.allocUnsafeSlow(headLength)

/** Where the line ends that is longer than a batch; what has been looked at is not looked at again. */
function findLineEnd(file: LogFile, landing: Landing): number | undefined {
  for (;;) {
    const bytes = readAt(file.descriptor, file.scanned, landing.room(batchSize))
    const from = bytes.byteOffset
    const at = (kernel.findByte(from, from + bytes.length, lineEnd) >>> 0) - from
    if (at < bytes.length) return file.scanned + at + 1
    noteGrowth(file, file.scanned + bytes.length)
    if (bytes.length < batchSize) return undefined
  }
}

function noteGrowth(file: LogFile, scanned: number): void {
  if (scanned > file.scanned) file.grown = performance.now()
  file.scanned = scanned
}
