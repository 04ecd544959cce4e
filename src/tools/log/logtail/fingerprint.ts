import { createHash } from 'node:crypto'

/** Tells a file by what it begins with: it is the same when it is renamed, copied or compressed. */
export interface Fingerprint {
  /** How many bytes it stands for, at most `headLength`. */
  readonly length: number
  readonly digest: string
}

/** Where a reader stands in a file. */
export interface Position {
  readonly fingerprint: Fingerprint
  readonly offset: number
  readonly device: number
  readonly inode: number
  /** Whether the file is itself a copy, and so does not grow. */
  readonly isCopy: boolean
}

/** How much of a file's beginning is looked at. */
export const headLength = 1024

export function fingerprintOf(head: Buffer): Fingerprint {
  return { length: head.length, digest: createHash('sha256').update(head).digest('hex').slice(0, 32) }
}

/** Whether a file that begins with `head` is the one, which may have grown since. */
export function beginsAs(head: Buffer, { length, digest }: Fingerprint): boolean {
  return length > 0 && head.length >= length && fingerprintOf(head.subarray(0, length)).digest === digest
}

/** Whether a file that begins with `head` is the one, which does not grow any more. */
export function isSame(head: Buffer, { length, digest }: Fingerprint): boolean {
  return head.length === length && fingerprintOf(head).digest === digest
}
