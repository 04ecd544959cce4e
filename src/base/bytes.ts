import { resolve } from 'node:path'

// Arguments, file names and specs are bytes to the system, and text to Node, which loses those that are no UTF-8. Here
// such a byte becomes half a surrogate pair, U+DC80 to U+DCFF, which no UTF-8 becomes: what is text stays text, and the
// bytes can be had again (Python's "surrogateescape", PEP 383).

/** Bytes as text; those that are no UTF-8 are escaped. */
export function textOf(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const text = buffer.toString()
  return text.includes('\ufffd') ? escapedText(buffer) : text
}

function escapedText(bytes: Buffer): string {
  let text = ''
  for (let at = 0; at < bytes.length;) {
    const size = sequenceSize(bytes[at] ?? 0)
    const character = bytes.toString('utf8', at, at + size)
    const isEncoded = Buffer.from(character).equals(bytes.subarray(at, at + size))
    text += isEncoded ? character : String.fromCharCode(firstEscape + (bytes[at] ?? 0))
    at += isEncoded ? size : 1
  }
  return text
}

/** How many bytes the character has that begins with this one (RFC 3629). */
function sequenceSize(first: number): number {
  if (first < 0xc0) return 1
  return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
}

const firstEscape = 0xdc00

/** The bytes that a text stands for. */
export function bytesOf(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text)
  const pieces = text.split(/([\udc80-\udcff])/u)
  return Buffer.concat(
    pieces.map((piece, index) =>
      index % 2 === 0 ? Buffer.from(piece) : Buffer.of(piece.charCodeAt(0) - firstEscape),
    ),
  )
}

/** A path as Node's file functions take it. */
export function systemPath(path: string): string | Buffer {
  return path.isWellFormed() ? path : bytesOf(path)
}

/** The same, made absolute. */
export function placeOf(cwd: string, path: string): string | Buffer {
  return systemPath(resolve(cwd, path))
}
