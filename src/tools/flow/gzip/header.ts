import { basename } from 'node:path'
import { bytesOf } from '../../../base/bytes.js'
import type { Task } from '../../../base/task.js'
import { Failure } from './failure.js'
import type { Source } from './source.js'

/** What a member's header says of the file it was made from. */
export interface MemberName {
  /** The base name; undefined where there was none. */
  readonly name: string | undefined
  /** Whole seconds since 1970, below 2^32; 0 where the time is not known. */
  readonly time: number
}

export interface MemberHeader extends MemberName {
  /** Its length in bytes. */
  readonly size: number
}

/** How headers are read. */
export interface ReadOptions {
  /** What messages call the input. */
  readonly name: string
  /** Told of what is not looked at. */
  readonly onIgnored: (text: string) => void
}

/** Checksum and length behind the compressed data. */
export const trailerSize = 8

const flag = { headerChecksum: 2, extra: 4, name: 8, comment: 16, encrypted: 32, reserved: 0xc0 }
const deflated = 8
const unix = 3

/** A member's header (RFC 1952, section 2.3). */
export function memberHeader({ name, time }: MemberName, level: number): Buffer {
  const fixed = Buffer.alloc(10)
  fixed.set([0x1f, 0x8b, deflated, name === undefined ? 0 : flag.name])
  fixed.writeUInt32LE(time, 4)
  fixed[8] = level === 9 ? 2 : level === 1 ? 4 : 0
  fixed[9] = unix
  return name === undefined ? fixed : Buffer.concat([fixed, bytesOf(`${name}\0`)])
}

/** Reads the header whose first two bytes have been read already. Throws `Failure` for one that cannot be used. */
export function* readHeader(source: Source, { name, onIgnored }: ReadOptions): Task<MemberHeader> {
  const seen = [0x1f, 0x8b]
  const method = yield* next()
  if (method !== deflated) throw new Failure(`gzip: ${name}: unknown method ${method} -- not supported`)
  const flags = yield* next()
  if ((flags & flag.encrypted) !== 0) throw new Failure(`gzip: ${name} is encrypted -- not supported`)
  if ((flags & flag.reserved) !== 0)
    throw new Failure(`gzip: ${name} has flags 0x${flags.toString(16)} -- not supported`)
  let time = 0
  for (let index = 0; index < 4; index++) time += (yield* next()) * 2 ** (8 * index)
  yield* next()
  yield* next()
  if ((flags & flag.extra) !== 0) {
    const size = (yield* next()) + (yield* next()) * 256
    onIgnored(`gzip: ${name}: extra field of ${size} bytes ignored`)
    for (let index = 0; index < size; index++) yield* next()
  }
  const original = (flags & flag.name) !== 0 ? yield* text() : undefined
  if ((flags & flag.comment) !== 0) yield* text()
  if ((flags & flag.headerChecksum) !== 0) yield* check()
  return { name: original, time, size: seen.length }

  function* next(): Task<number> {
    const byte = yield* source.demand()
    seen.push(byte)
    return byte
  }

  function* text(): Task<string> {
    const from = seen.length
    while ((yield* next()) !== 0);
    return basename(Buffer.from(seen.slice(from, -1)).toString())
  }

  function* check(): Task<void> {
    const computed = process.getBuiltinModule('node:zlib').crc32(Uint8Array.from(seen)) & 0xffff
    const recorded = (yield* next()) + (yield* next()) * 256
    if (recorded === computed) return
    const [one, other] = [recorded, computed].map((sum) => sum.toString(16).padStart(4, '0'))
    throw new Failure(`gzip: ${name}: header checksum 0x${one} != computed checksum 0x${other}`)
  }
}
