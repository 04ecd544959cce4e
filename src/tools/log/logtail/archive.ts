import { mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline, Readable } from 'node:stream'
import { constants, createGunzip, gunzipSync } from 'node:zlib'
import { asSystemError, system } from '../../../base/error.js'
import { batchSize } from '../../../base/io.js'
import { type Task, until } from '../../../base/task.js'
import { readAt } from '../../extent.js'
import { headLength } from './fingerprint.js'

/** What a compressed file holds at its beginning; empty when it is damaged there. */
export function archiveHead(descriptor: number): Buffer {
  const compressed = readAt(descriptor, 0, Buffer.alloc(64 * 1024))
  try {
    return gunzipSync(compressed, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, headLength)
  } catch {
    return Buffer.alloc(0)
  }
}

/**
 * Decompresses a file into one that has no name, and so is gone when it is closed; returns its descriptor. What comes
 * before a damaged place is kept, and `warn` told of it. Throws `SystemError`.
 */
export function* expandArchive(
  descriptor: number,
  folder: string,
  warn: (reason: string) => void,
): Task<number> {
  // What fails is thrown where the pieces are taken.
  const pieces = pipeline(Readable.from(piecesOf(descriptor)), createGunzip(), () => undefined)
  const iterator: AsyncIterator<Buffer, void> = pieces[Symbol.asyncIterator]()
  const target = openUnnamed(folder)
  try {
    for (;;) {
      const next = yield* untilPiece(iterator, warn)
      if (next === undefined) return target
      for (let at = 0; at < next.length;) at += system(() => writeSync(target, next, at))
    }
  } finally {
    pieces.destroy()
  }
}

function* untilPiece(
  iterator: AsyncIterator<Buffer, void>,
  warn: (reason: string) => void,
): Task<Buffer | undefined> {
  try {
    const next = yield* until(iterator.next())
    return next.done === true ? undefined : next.value
  } catch (error) {
    warn(asSystemError(error).message)
    return undefined
  }
}

function* piecesOf(descriptor: number): Generator<Buffer, void, void> {
  for (let offset = 0; ;) {
    const piece = readAt(descriptor, offset, Buffer.alloc(batchSize))
    if (piece.length === 0) return
    offset += piece.length
    yield piece
  }
}

function openUnnamed(folder: string): number {
  const place = system(() => mkdtempSync(join(folder, 'sluice-')))
  try {
    return system(() => openSync(join(place, 'log'), 'wx+', 0o600))
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}
