import type { Output } from '../../../base/io.js'

/** An output of `sed`, which adds the newline that a file's last line lacked when more comes behind it. */
export interface Sink {
  readonly output: Output
  /** A line, with its delimiter unless the input's last line had none. */
  line(bytes: Uint8Array, isTerminated: boolean): void
  /** Text or whole lines as they are. */
  write(bytes: Uint8Array): void
  /** To be called before bytes are added to the output by other ways. */
  completeLine(): void
}

export function createSink(output: Output, delimiter: number): Sink {
  let lacksDelimiter = false
  return { output, line, write, completeLine }

  function completeLine(): void {
    if (lacksDelimiter) output.byte(delimiter)
    lacksDelimiter = false
  }

  function write(bytes: Uint8Array): void {
    completeLine()
    output.append(bytes)
  }

  function line(bytes: Uint8Array, isTerminated: boolean): void {
    completeLine()
    output.append(bytes)
    if (isTerminated) output.byte(delimiter)
    else lacksDelimiter = true
  }
}
