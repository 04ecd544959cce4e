import { bytesOf, textOf } from '../../../base/bytes.js'

// Inside printf text is bytes, a character a byte, because widths and precisions count bytes.

export function asBytes(text: string): string {
  return bytesOf(text).toString('latin1')
}

/** For messages: bytes that are no UTF-8, such as half a character, become replacement characters. */
export function asText(bytes: string): string {
  return textOf(Buffer.from(bytes, 'latin1'))
}
