import type { Transform } from 'node:stream'
import zlib from 'node:zlib'
import { ToolError } from '../../../base/error.js'
import { Signal, type Task } from '../../../base/task.js'

/** Where pieces of a body go. */
export interface BodySink {
  write(bytes: Uint8Array): Task<void>
  end(): Task<void>
  close(): void
}

/**
 * What undoes content codings, in the order in which the head lists them, on the way to `sink`.
 * Throws `ToolError` for a coding that is not known.
 */
export function decoding(codings: readonly string[], sink: BodySink): BodySink {
  return codings
    .filter((coding) => coding !== 'identity')
    .reduce((inner, coding) => decoder(coding, inner), sink)
}

function decoder(coding: string, sink: BodySink): BodySink {
  const open = openers[coding]
  if (open === undefined)
    throw new ToolError(`the content coding '${coding}' is not known; --encoded leaves the body as it is`, 1)
  const changed = new Signal()
  let stream: Transform | undefined
  let failure: Error | undefined
  let ended = false

  return {
    *write(bytes) {
      // No coding has an empty text, yet an empty body may claim one.
      stream ??= start(open(bytes))
      let taken = false
      stream.write(bytes, () => {
        taken = true
        changed.wake()
      })
      yield* drain(stream, () => taken)
    },
    *end() {
      if (stream !== undefined) {
        stream.end()
        yield* drain(stream, () => ended)
      }
      yield* sink.end()
    },
    close() {
      stream?.destroy()
      sink.close()
    },
  }

  function start(decompressor: Transform): Transform {
    const wake = (): void => changed.wake()
    return decompressor
      .on('readable', wake)
      .on('end', () => {
        ended = true
        wake()
      })
      .on('error', (error) => {
        failure = error
        wake()
      })
  }

  /** Passes on what comes out, piece by piece, so that a small body which becomes a huge one is never held. */
  function* drain(from: Transform, isDone: () => boolean): Task<void> {
    for (;;) {
      const piece = from.read() as Buffer | null
      if (piece !== null) yield* sink.write(piece)
      else if (failure !== undefined)
        throw new ToolError(`the body is no ${coding} data: ${failure.message}`, 1)
      else if (isDone()) return
      else yield changed
    }
  }
}

/** Decompressors by the coding's name (RFC 9110 section 8.4.1), given the first bytes. */
const openers: Readonly<Record<string, ((first: Uint8Array) => Transform) | undefined>> = {
  gzip: () => zlib.createGunzip(),
  'x-gzip': () => zlib.createGunzip(),
  // Some servers send deflate data without the zlib header that the coding has.
  deflate: ([first = 0]) => ((first & 0x0f) === 8 ? zlib.createInflate() : zlib.createInflateRaw()),
  br: () => zlib.createBrotliDecompress(),
  ...zstd(),
}

/** Node has zstd from 22.15 on; the types are those of the oldest Node that is supported. */
function zstd(): { readonly zstd?: () => Transform } {
  if (!('createZstdDecompress' in zlib)) return {}
  const { createZstdDecompress } = zlib as { createZstdDecompress: () => Transform }
  return { zstd: createZstdDecompress }
}
