import type { Input } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import type { Sizes } from './deflate.js'
import { Failure } from './failure.js'
import { type MemberHeader, readHeader, type ReadOptions, trailerSize } from './header.js'
import { type Consume, Inflater } from './inflate.js'
import { Source } from './source.js'

/** What decompressing one file found. */
export interface Expanded extends Sizes {
  /** The first member's header; undefined where the file was copied as it is. */
  readonly header: MemberHeader | undefined
  /** The last member's checksum. */
  readonly checksum: number
  /** What follows the last member and is none. */
  readonly ignored?: 'garbage' | 'zero bytes'
  /** A member's data are not what its trailer says: the message, and nothing more was read. */
  readonly damage?: string
}

export interface ExpandOptions extends ReadOptions {
  /** What is not compressed is copied. */
  readonly copiesOthers: boolean
}

/**
 * Decompresses all members of a gzip file (RFC 1952, section 2.2). `begin` is called once, with the first header
 * or without one where the input is copied, and says who takes the bytes. Throws `Failure`.
 */
export function* expand(
  input: Input,
  options: ExpandOptions,
  begin: (header: MemberHeader | undefined) => Consume,
): Task<Expanded> {
  const { name } = options
  const source = new Source(input, name)
  const inflater = new Inflater()
  const { crc32 } = process.getBuiltinModule('node:zlib')
  let header: MemberHeader | undefined
  let consume: Consume | undefined
  let headerBytes = 0
  let [bytesOut, checksum] = [0, 0]
  const found = (rest: Partial<Expanded> = {}): Expanded => {
    return { header, bytesIn: source.used, bytesOut, headerBytes, checksum, ...rest }
  }
  try {
    for (let isFirst = true; ; isFirst = false) {
      const start = yield* readMagic(source, isFirst, options)
      if (start === 'end') return found()
      if (start === 'garbage' || start === 'zero bytes') return found({ ignored: start })
      if (start !== 'member') {
        yield* copyRest(start, consume ?? begin(undefined))
        return found()
      }
      const own = yield* readHeader(source, options)
      header ??= own
      // GNU counts the last member's data only, and the format's bytes only where there is one member.
      headerBytes = isFirst ? own.size + trailerSize : 0
      const take = (consume ??= begin(own))
      let size = 0
      checksum = 0
      yield* inflater.member(source, name, function* (bytes) {
        checksum = crc32(bytes, checksum)
        size += bytes.length
        yield* take(bytes)
      })
      bytesOut = size
      const damage: string[] = []
      if ((yield* number()) !== checksum) damage.push(damaged('crc'))
      if ((yield* number()) !== size % 2 ** 32) damage.push(damaged('length'))
      if (damage.length > 0) return found({ damage: damage.join('\n') })
    }
  } finally {
    source.free()
    inflater.free()
  }

  function damaged(what: string): string {
    return `\ngzip: ${name}: invalid compressed data--${what} error`
  }

  function* number(): Task<number> {
    let value = 0
    for (let index = 0; index < 4; index++) value += (yield* source.demand()) * 2 ** (8 * index)
    return value
  }

  function* copyRest(start: Buffer, consume: Consume): Task<void> {
    bytesOut += start.length
    yield* consume(start)
    for (; !source.isEnd; yield* source.fill()) {
      const bytes = source.takeAll()
      bytesOut += bytes.length
      if (bytes.length > 0) yield* consume(bytes)
    }
  }
}

/** What stands next: a member, the end, garbage, zeros up to the end, or the first bytes of what is to be copied. */
function* readMagic(
  source: Source,
  isFirst: boolean,
  { name, copiesOthers }: ExpandOptions,
): Task<'member' | 'end' | 'garbage' | 'zero bytes' | Buffer> {
  const mayEnd = !isFirst || copiesOthers
  const first = yield* mayEnd ? source.next() : source.demand()
  if (first === undefined) return 'end'
  const second = yield* copiesOthers || first === 0 ? source.next() : source.demand()
  if (first === 0x1f && second === 0x8b) return 'member'
  if (first === 0x1f && second !== undefined) {
    const other = otherFormats[second]
    if (other !== undefined) throw new Failure(`gzip: ${name}: ${other} -- not supported`)
  }
  if (copiesOthers) return Buffer.from(second === undefined ? [first] : [first, second])
  if (isFirst) throw new Failure(`\ngzip: ${name}: not in gzip format`)
  let next = second
  if (first === 0) while (next === 0) next = yield* source.next()
  // Zeros are what tapes are filled up with.
  return first === 0 && next === undefined ? 'zero bytes' : 'garbage'
}

/** By the second byte. */
const otherFormats: Readonly<Record<number, string>> = {
  0x1e: 'packed by pack',
  0x9d: 'compressed by compress',
  0x9e: 'compressed by an old gzip',
  0xa0: 'compressed by LZH',
}
