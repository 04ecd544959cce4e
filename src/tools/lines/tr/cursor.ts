import type { ByteArray, Element } from './array.js'

/** A place in an array, as two arrays are gone through side by side. */
export interface Place {
  readonly byte: number
  /** How many times this byte comes from here on. */
  readonly run: bigint
  readonly element: Element
  /** Whether this is the element's first byte. */
  readonly isFirst: boolean
}

export interface Cursor {
  /** Where it stands, undefined behind the end. */
  readonly place: Place | undefined
  /** Goes on by `steps`, at most the place's run. */
  advance(steps: bigint): void
  /** Goes to the next element. */
  skip(): void
}

export function cursorOver(array: ByteArray): Cursor {
  const elements = array.filter(({ count }) => count > 0n)
  let index = 0
  let passed = 0n
  return {
    get place() {
      const element = elements[index]
      const byte = element?.bytes[element.kind === 'repeat' ? 0 : Number(passed)]
      if (element === undefined || byte === undefined) return undefined
      const run = element.kind === 'repeat' ? element.count - passed : 1n
      return { byte, run, element, isFirst: passed === 0n }
    },
    advance(steps) {
      passed += steps
      const element = elements[index]
      if (element === undefined || passed < lengthOf(element)) return
      index++
      passed = 0n
    },
    skip() {
      index++
      passed = 0n
    },
  }
}

export function lengthOf({ bytes, count }: Element): bigint {
  return BigInt(bytes.length) * count
}

/** Every byte that stands in the array. */
export function bytesOf(array: ByteArray): Set<number> {
  return new Set(array.filter(({ count }) => count > 0n).flatMap(({ bytes }) => bytes))
}
