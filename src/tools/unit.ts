import { kernel } from '../kernel/index.js'

/** What `head` and `tail` count: bytes, or records. The bytes they look at lie in kernel memory. */
export interface Unit {
  /** How many units end in the bytes. */
  count(bytes: Buffer): number
  /** Where the `count`-th unit ends; there are as many. */
  skip(bytes: Buffer, count: number): number
  /** Where the `count`-th unit from the end ends; undefined when there are fewer. */
  skipBack(bytes: Buffer, count: number): number | undefined
  /** 1 when a unit begins in the bytes that the input's end will end: a last line without its newline. */
  unfinished(bytes: Buffer): number
}

export const byteUnit: Unit = {
  count: (bytes) => bytes.length,
  skip: (_bytes, count) => count,
  skipBack: (bytes, count) => (count > bytes.length ? undefined : bytes.length - count + 1),
  unfinished: () => 0,
}

/** Records that end with a delimiter: lines, or what NUL bytes part. */
export function recordUnit(delimiter: number): Unit {
  return {
    count: (bytes) => kernel.countByte(bytes.byteOffset, endOf(bytes), delimiter) >>> 0,
    skip: (bytes, count) =>
      offset(bytes, kernel.skipRecords(bytes.byteOffset, endOf(bytes), delimiter, count)),
    skipBack(bytes, count) {
      if (count > bytes.length) return undefined
      const end = kernel.skipRecordsBack(bytes.byteOffset, endOf(bytes), delimiter, count)
      return end === 0 ? undefined : offset(bytes, end)
    },
    unfinished: (bytes) => (bytes.length > 0 && bytes.at(-1) !== delimiter ? 1 : 0),
  }
}

function endOf(bytes: Buffer): number {
  return bytes.byteOffset + bytes.length
}

function offset(bytes: Buffer, address: number): number {
  return (address >>> 0) - bytes.byteOffset
}
