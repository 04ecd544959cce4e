import { batchSize } from '../../../base/io.js'
import { allocate, bytesAt, release } from '../../../kernel/index.js'

/** Kernel memory that files are read into, a piece at a time; it grows for a long line and shrinks again. */
export interface Landing {
  room(size: number): Buffer
  free(): void
}

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
