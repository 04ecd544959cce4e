const named: Readonly<Record<number, string>> = {
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
  92: '\\\\',
}

/** The text of the `l` command: everything visible, lines of `width` that end in a backslash; 0 does not wrap. */
export function listText(bytes: Uint8Array, width: number): string {
  const parts: string[] = []
  let column = 0
  for (const byte of bytes) {
    const shown = notationOf(byte)
    if (width > 0 && column + shown.length > width - 1) {
      parts.push('\\\n')
      column = 0
    }
    parts.push(shown)
    column += shown.length
  }
  return `${parts.join('')}$\n`
}

function notationOf(byte: number): string {
  const name = named[byte]
  if (name !== undefined) return name
  return byte < 0x20 || byte >= 0x7f ? `\\${byte.toString(8).padStart(3, '0')}` : String.fromCharCode(byte)
}
