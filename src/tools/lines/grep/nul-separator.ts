import { allocate, bytesAt, GrowingBytes, kernel, release } from '../../../kernel/index.js'

/** In a binary file NUL bytes separate lines too. */
export interface NulSeparator {
  /** A copy of a batch with a newline for each NUL; good until the next call. */
  separate(batch: Buffer): Buffer
  free(): void
}

export function createNulSeparator(): NulSeparator {
  const copy = new GrowingBytes()
  let table: number | undefined
  return {
    separate(batch) {
      table ??= createTable()
      copy.clear()
      copy.append(batch)
      const { bytes } = copy
      kernel.translateInPlace(bytes.byteOffset, bytes.byteOffset + bytes.length, table)
      return bytes
    },
    free() {
      copy.free()
      if (table !== undefined) release(table)
    },
  }
}

function createTable(): number {
  const address = allocate(256)
  const table = bytesAt(address, 256)
  for (let byte = 0; byte < 256; byte++) table[byte] = byte
  table[0] = 0x0a
  return address
}
