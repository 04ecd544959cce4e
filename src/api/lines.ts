import { pipeline, Readable } from 'node:stream'
import split2 from 'split2'

/** Pieces of UTF-8 text as lines, without their newlines; a carriage return stays. */
export function splitLines(source: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  const lines = split2('\n')
  // A failure of the source is the lines' failure; leaving the loop early ends the source.
  pipeline(Readable.from(source, { objectMode: false }), lines, () => undefined)
  return lines
}
