import { ToolError, type WriteError } from '../../../base/error.js'
import type { Output } from '../../../base/io.js'
import { kernel } from '../../../kernel/index.js'

/** An output of `sed`, which adds the newline that a file's last line lacked when more comes behind it. */
export interface Sink {
  readonly output: Output
  /** Whether what was written last was an input's last line, without a delimiter. */
  lacksDelimiter: boolean
  /** A line in kernel memory, with its delimiter unless the input's last line had none. */
  line(address: number, length: number, isTerminated: boolean): void
  /** Text as it is. */
  write(bytes: Uint8Array): void
  /** To be called before bytes are added to the output by other ways. */
  completeLine(): void
}

export function createSink(output: Output, delimiter: number): Sink {
  const sink: Sink = { output, lacksDelimiter: false, line, write, completeLine }
  return sink

  function completeLine(): void {
    if (sink.lacksDelimiter) output.byte(delimiter)
    sink.lacksDelimiter = false
  }

  function write(bytes: Uint8Array): void {
    completeLine()
    output.append(bytes)
  }

  function line(address: number, length: number, isTerminated: boolean): void {
    completeLine()
    kernel.copyBytes(address, address + length, output.reserve(length))
    output.advance(length)
    if (isTerminated) output.byte(delimiter)
    else sink.lacksDelimiter = true
  }
}

/** A write to a file of sed's own that the system refused. */
export function refusedWrite(path: string, { message }: WriteError): ToolError {
  return new ToolError(`couldn't flush ${path}: ${message}`, 4)
}
