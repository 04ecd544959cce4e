import { bytesAt, kernel } from '../../../kernel/index.js'
import type { Holdings } from '../../holdings.js'
import type { Sink } from './merge.js'
import { isNumeric, type Key, type Ordering } from './ordering.js'
import { keyAddress } from './order.js'

/** Puts under each line the marks of its keys, for --debug. */
export function annotated(sink: Sink, ordering: Ordering, order: number, holdings: Holdings): Sink {
  const { keys, stable, unique, delimiter } = ordering
  const marksLine = keys.length === 0 || !(stable || unique)
  let room = holdings.take(256)
  let filled = 0
  return {
    reserve(size) {
      if (filled + size > room.length) room = holdings.enlarge(room, filled, filled + size)
      return room.byteOffset + filled
    },
    advance(size) {
      filled += size
    },
    *flush() {
      for (let from = 0; from < filled;) {
        const end = room.indexOf(delimiter, from)
        write(annotate(room.subarray(from, end)))
        from = end + 1
        yield* sink.flush()
      }
      filled = 0
    },
  }

  function write(text: string): void {
    const address = sink.reserve(text.length)
    sink.advance(bytesAt(address, text.length).write(text, 'latin1'))
  }

  function annotate(line: Buffer): string {
    const text = line.toString('latin1')
    const marks = keys.map((key, index) => mark(text, ...rangeOf(line, text, key, keyAddress(order, index))))
    if (marksLine) marks.push(mark(text, 0, text.length))
    return `${text.replaceAll('\t', '>')}\n${marks.join('')}`
  }

  function rangeOf(line: Buffer, text: string, key: Key, address: number): [number, number] {
    const start = line.byteOffset
    const from = (kernel.locateKeyStart(order, address, start, start + line.length) >>> 0) - start
    const to = (kernel.locatedEnd() >>> 0) - start
    if (!isNumeric(key) && !key.month) return [from, to]
    // Blanks are passed over to where the key ends, and further when it ends before it starts.
    const blanks = /^[ \t\n]*/.exec(text.slice(from, to < from ? undefined : to))?.[0].length ?? 0
    const found = patternOf(key).exec(text.slice(from + blanks, to))?.[0] ?? ''
    return [from + blanks, from + blanks + found.length]
  }
}

/** What a key of a type reads of its text. Where two types are given, the first of these counts. */
function patternOf({ month, general, human }: Key): RegExp {
  if (month) return /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i
  if (general)
    return /^[ \t\n\v\f\r]*[-+]?(?:inf(?:inity)?|nan(?:\(\w*\))?|0x(?:[\da-f]+\.?[\da-f]*|\.[\da-f]+)(?:p[-+]?\d+)?|(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)/i
  return human ? /^-?(?:\d+\.?\d*|\.\d+)[KkMGTPEZY]?/ : /^-?(?:\d+\.?\d*|\.\d+)/
}

function mark(text: string, from: number, to: number): string {
  const width = widthOf(text.slice(from, to))
  return `${' '.repeat(widthOf(text.slice(0, from)))}${width === 0 ? '^ no match for key' : '_'.repeat(width)}\n`
}

/** Control characters but the tab, which is shown as one, take no place. */
function widthOf(text: string): number {
  return text.replace(/[\0-\x08\x0a-\x1f\x7f]/g, '').length
}
