import type { Output } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import type { BatchSink, BatchSource } from '../../../kernel/channel.js'

/** Writes down what passes, both ways. */
export interface HexDump {
  source(source: BatchSource): BatchSource
  sink(sink: BatchSink): BatchSink
}

/** A line for 16 bytes: the direction, where they stand in it, and what they are: `> 00000000  61 62 0a … |ab.|`. */
export function hexDump(output: Output): HexDump {
  return {
    source(source) {
      const write = direction('<')
      return {
        ...source,
        *receive() {
          const batch = yield* source.receive()
          if (batch !== undefined) yield* write(batch.block.subarray(batch.start, batch.end))
          return batch
        },
      }
    },
    sink(sink) {
      const write = direction('>')
      return {
        *deliver(batch) {
          yield* write(batch.block.subarray(batch.start, batch.end))
          yield* sink.deliver(batch)
        },
        close: () => sink.close(),
        get closed() {
          return sink.closed
        },
        get closing() {
          return sink.closing
        },
      }
    },
  }

  function direction(mark: string): (bytes: Buffer) => Task<void> {
    let offset = 0
    return function* (bytes) {
      for (let at = 0; at < bytes.length; at += lineBytes) {
        const line = bytes.subarray(at, at + lineBytes)
        const place = (offset + at).toString(16).padStart(8, '0')
        const codes = line
          .toString('hex')
          .replace(/..(?=.)/g, '$& ')
          .padEnd(lineBytes * 3 - 1)
        output.text(`${mark} ${place}  ${codes}  |${line.toString('latin1').replace(/[^ -~]/g, '.')}|\n`)
      }
      offset += bytes.length
      yield* output.flush()
    }
  }
}

const lineBytes = 16
