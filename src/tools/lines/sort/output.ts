import { SystemError, ToolError, WriteError } from '../../../base/error.js'
import type { Output } from '../../../base/io.js'
import { streamDescriptor } from '../../../base/path.js'
import { quoteFile } from '../../../base/quote.js'
import type { StageIo } from '../../../base/tool.js'
import type { Sink } from './merge.js'

/** Throws `ToolError` when the file cannot be written; its content stays. */
export function checkWritable(io: StageIo, file: string): void {
  if (file !== '-' && streamDescriptor(file) !== undefined) return
  open(io, file, true).close()
}

/** The file, emptied, or standard output. Failures are told as sort tells them. Throws `ToolError`. */
export function openSink(io: StageIo, file: string | undefined): Sink {
  const output = file === undefined ? io.stdout : open(io, file, false)
  const name = quoteFile(file ?? 'standard output')
  let written = 0
  return {
    reserve: (size) => output.reserve(size),
    advance(size) {
      written += size
      output.advance(size)
    },
    *flush() {
      try {
        yield* output.flush()
      } catch (error) {
        if (!(error instanceof WriteError)) throw error
        const failed = written > bufferSize ? 'write' : 'fflush'
        throw new ToolError(`${failed} failed: ${name}: ${error.message}\nsort: write error`)
      }
    },
  }
}

/** What the C library holds back before it writes. */
const bufferSize = 4096

function open(io: StageIo, file: string, append: boolean): Output {
  try {
    if (file === '') throw new SystemError('ENOENT')
    return io.create(file, { append })
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new ToolError(`open failed: ${quoteFile(file)}: ${error.reason}`)
  }
}
