/** A set of bytes: 256 flags, 1 for a member. Sets are shared: never change one after it is made. */
export type ByteSet = Uint8Array

function setOf(isMember: (byte: number) => boolean): ByteSet {
  const set = new Uint8Array(256)
  for (let byte = 0; byte < 256; byte++) if (isMember(byte)) set[byte] = 1
  return set
}

export function complement(set: ByteSet): ByteSet {
  return set.map((flag) => 1 - flag)
}

export function bytesOf(set: ByteSet): number[] {
  const bytes: number[] = []
  for (let byte = 0; byte < 256; byte++) if (set[byte] === 1) bytes.push(byte)
  return bytes
}

export function toUpper(byte: number): number {
  return byte >= 0x61 && byte <= 0x7a ? byte - 32 : byte
}

export function toLower(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 32 : byte
}

/** The set with both cases of each of its letters. */
export function fold(set: ByteSet): ByteSet {
  return setOf((byte) => set[byte] === 1 || set[toUpper(byte)] === 1 || set[toLower(byte)] === 1)
}

const singles: (ByteSet | undefined)[] = []
const foldedSingles: (ByteSet | undefined)[] = []

/** The set of one byte, or of both its cases; always the same object. */
export function single(byte: number, ignoreCase: boolean): ByteSet {
  if (!ignoreCase || toUpper(byte) === toLower(byte)) {
    return (singles[byte] ??= setOf((other) => other === byte))
  }
  const lower = toLower(byte)
  return (foldedSingles[lower] ??= setOf((other) => toLower(other) === lower))
}

/** The bytes of ranges, each given by its first and last character: `'AZaz'`. */
function ranges(bounds: string): ByteSet {
  const set = new Uint8Array(256)
  for (let index = 0; index < bounds.length; index += 2)
    set.fill(1, bounds.charCodeAt(index), bounds.charCodeAt(index + 1) + 1)
  return set
}

export const everyByte: ByteSet = ranges('\0\xff')
export const everyByteButNewline: ByteSet = ranges('\0\x09\x0b\xff')

/** The classes of `[:name:]` in the C locale. POSIX, XBD 7.3.1. */
export const classes: Readonly<Record<string, ByteSet>> = {
  alnum: ranges('09AZaz'),
  alpha: ranges('AZaz'),
  blank: ranges('  \t\t'),
  cntrl: ranges('\0\x1f\x7f\x7f'),
  digit: ranges('09'),
  graph: ranges('!~'),
  lower: ranges('az'),
  print: ranges(' ~'),
  punct: ranges('!/:@[`{~'),
  space: ranges('  \t\r'),
  upper: ranges('AZ'),
  xdigit: ranges('09AFaf'),
}

export const wordBytes: ByteSet = ranges('09AZaz__')
export const nonWordBytes: ByteSet = complement(wordBytes)
export const spaceBytes: ByteSet = ranges('  \t\r')
export const nonSpaceBytes: ByteSet = complement(spaceBytes)
