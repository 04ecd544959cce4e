import { batchSize, type Output } from '../../../base/io.js'
import { allocate, bytesAt, release } from '../../../kernel/index.js'

/** Kernel memory that files are read into, a piece at a time. */
export interface Landing {
  room(size: number): Buffer
  free(): void
}

/** Reads to where the output takes its bytes from: what goes out as it is need not be copied. */
export function landingIn(output: Output): Landing {
  return { room: (size) => roomIn(output, size), free: () => undefined }
}

/** Adds bytes to an output, and sees when they stand there already. */
export function appendLanded(output: Output, bytes: Buffer): void {
  const room = roomIn(output, bytes.length)
  const isThere = room.buffer === bytes.buffer && room.byteOffset === bytes.byteOffset
  if (isThere) output.advance(bytes.length)
  else output.append(bytes)
}

function roomIn(output: Output, size: number): Buffer {
  return bytesAt(output.reserve(size), size)
}

/** A landing of its own, which grows for a long line and shrinks again. */
export function createLanding(): Landing {
  let bytes: Buffer | undefined
  const free = (): void => {
    if (bytes !== undefined) release(bytes.byteOffset)
    bytes = undefined
  }
  return {
    room(size) {
      const wanted = Math.max(size, batchSize)
      if (bytes === undefined || bytes.length < wanted || bytes.length > 8 * wanted) {
        free()
        bytes = bytesAt(allocate(wanted), wanted)
      }
      return bytes.subarray(0, size)
    },
    free,
  }
}
