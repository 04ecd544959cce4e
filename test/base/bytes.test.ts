import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesOf, textOf } from '../../src/base/bytes.js'

describe('bytes as text', () => {
  const rows: readonly (readonly [title: string, bytes: readonly number[], text: string])[] = [
    ['ASCII', [0x61, 0x0a], 'a\n'],
    ['characters of several bytes', [0xc3, 0xa9, 0xf0, 0x9f, 0x98, 0x80], 'é😀'],
    ['a byte that is no UTF-8', [0x61, 0xe9, 0x62], 'a\udce9b'],
    ['a character that is cut off', [0xe2, 0x82], '\udce2\udc82'],
    ['the replacement character itself', [0xef, 0xbf, 0xbd, 0xff], '\ufffd\udcff'],
    ['half a surrogate pair, which UTF-8 has not', [0xed, 0xb3, 0xa9], '\udced\udcb3\udca9'],
    ['a NUL in a longer form', [0xc0, 0x80], '\udcc0\udc80'],
  ]
  test.each(rows)('%s', (_title, bytes, text) => {
    expect(textOf(Uint8Array.from(bytes))).toBe(text)
    expect([...bytesOf(text)]).toEqual(bytes)
  })

  test('any bytes come back', () => {
    const byte = fc.oneof(fc.nat(255), fc.constantFrom(0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xef, 0xbf, 0xbd))
    fc.assert(
      fc.property(fc.array(byte), (bytes) => {
        expect([...bytesOf(textOf(Uint8Array.from(bytes)))]).toEqual(bytes)
      }),
    )
  })
})
