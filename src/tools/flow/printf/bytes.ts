// Inside printf text is bytes, a character a byte, because widths and precisions count bytes.

export function asBytes(text: string): string {
  return Buffer.from(text).toString('latin1')
}

/** For messages: bytes that are no UTF-8, such as half a character, become replacement characters. */
export function asText(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString()
}
