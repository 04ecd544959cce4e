/** A set of bytes: 256 flags, 1 for a member. Sets are shared: never change one after it is made. */
export type ByteSet = Uint8Array

function setOf(isMember: (byte: number) => boolean): ByteSet {
  return Uint8Array.from({ length: 256 }, (_, byte) => (isMember(byte) ? 1 : 0))
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

export const everyByte: ByteSet = setOf(() => true)
export const everyByteButNewline: ByteSet = setOf((byte) => byte !== 10)

const between = (low: string, high: string) => (byte: number) =>
  byte >= low.charCodeAt(0) && byte <= high.charCodeAt(0)
const isUpper = between('A', 'Z')
const isLower = between('a', 'z')
const isDigit = between('0', '9')
const isAlpha = (byte: number) => isUpper(byte) || isLower(byte)
const isGraph = between('!', '~')

/** The classes of `[:name:]` in the C locale. POSIX, XBD 7.3.1. */
export const classes: Readonly<Record<string, ByteSet>> = {
  alnum: setOf((byte) => isAlpha(byte) || isDigit(byte)),
  alpha: setOf(isAlpha),
  blank: setOf((byte) => byte === 32 || byte === 9),
  cntrl: setOf((byte) => byte < 32 || byte === 127),
  digit: setOf(isDigit),
  graph: setOf(isGraph),
  lower: setOf(isLower),
  print: setOf((byte) => byte === 32 || isGraph(byte)),
  punct: setOf((byte) => isGraph(byte) && !isAlpha(byte) && !isDigit(byte)),
  space: setOf((byte) => byte === 32 || (byte >= 9 && byte <= 13)),
  upper: setOf(isUpper),
  xdigit: setOf((byte) => isDigit(byte) || between('A', 'F')(byte) || between('a', 'f')(byte)),
}

export const wordBytes: ByteSet = setOf((byte) => isAlpha(byte) || isDigit(byte) || byte === 0x5f)
export const nonWordBytes: ByteSet = complement(wordBytes)
export const spaceBytes: ByteSet = setOf((byte) => byte === 32 || (byte >= 9 && byte <= 13))
export const nonSpaceBytes: ByteSet = complement(spaceBytes)
