import { batchSize, type Input, type Output } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import { memberHeader, type MemberName, trailerSize } from './header.js'

/** What went in and came out, in bytes; `headerBytes` is what the gzip format adds to the compressed data. */
export interface Sizes {
  readonly bytesIn: number
  readonly bytesOut: number
  readonly headerBytes: number
}

/** How far back a match may reach (RFC 1951). */
const windowSize = 32 * 1024
/** What is compressed in one call. A fixed size, so that the result does not depend on how the input was cut. */
const chunkSize = 256 * 1024

/**
 * Compresses the input to one gzip member. Chunk follows chunk as one stream of deflate: each is compressed with
 * the end of the one before as its dictionary, and ends at a whole byte.
 */
export function* compress(input: Input, output: Output, level: number, name: MemberName): Task<Sizes> {
  const { constants, crc32, deflateRawSync } = process.getBuiltinModule('node:zlib')
  const header = memberHeader(name, level)
  output.append(header)
  const buffer = Buffer.allocUnsafe(windowSize + chunkSize)
  let filled = windowSize
  let [bytesIn, bytesOut, checksum] = [0, header.length, 0]

  for (let batch = yield* input.read(); batch !== undefined; batch = yield* input.read()) {
    for (let at = 0; at < batch.length;) {
      if (filled === buffer.length) deflateChunk(false)
      const size = Math.min(batch.length - at, buffer.length - filled)
      batch.copy(buffer, filled, at, at + size)
      filled += size
      at += size
    }
    if (output.pending >= batchSize) yield* output.flush()
  }
  deflateChunk(true)
  const trailer = Buffer.alloc(trailerSize)
  trailer.writeUInt32LE(checksum, 0)
  trailer.writeUInt32LE(bytesIn % 2 ** 32, 4)
  output.append(trailer)
  yield* output.flush()
  return { bytesIn, bytesOut: bytesOut + trailerSize, headerBytes: header.length + trailerSize }

  function deflateChunk(isLast: boolean): void {
    const chunk = buffer.subarray(windowSize, filled)
    const compressed = deflateRawSync(chunk, {
      level,
      finishFlush: isLast ? constants.Z_FINISH : constants.Z_SYNC_FLUSH,
      ...(bytesIn === 0 ? {} : { dictionary: buffer.subarray(0, windowSize) }),
    })
    checksum = crc32(chunk, checksum)
    bytesIn += chunk.length
    bytesOut += compressed.length
    output.append(compressed)
    buffer.copyWithin(0, filled - windowSize, filled)
    filled = windowSize
  }
}
