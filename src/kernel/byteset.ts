/** The 32 bytes in which kernels look up whether a byte is in a set; see assembly/byteset.ts. */
export function byteSet(isMember: (byte: number) => boolean): Buffer {
  const set = Buffer.alloc(32)
  for (let byte = 0; byte < 256; byte++) {
    if (!isMember(byte)) continue
    const row = ((byte >> 3) & 16) + (byte & 15)
    set.writeUInt8(set.readUInt8(row) | (1 << ((byte >> 4) & 7)), row)
  }
  return set
}
