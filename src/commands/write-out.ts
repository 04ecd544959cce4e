import { bytesOf } from '../base/bytes.js'
import { SystemError, ToolError } from '../base/error.js'
import { writeBlocking } from '../run/descriptor.js'
import { endBy } from './end-by.js'

/** Prints on standard output, to the last byte; a reader that is gone ends this process. Throws `ToolError`. */
export function writeOut(text: string): void {
  const bytes = bytesOf(text)
  try {
    for (let at = 0; at < bytes.length;) at += writeBlocking(1, bytes, at, bytes.length - at)
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    if (error.code === 'EPIPE') endBy('SIGPIPE')
    throw new ToolError(`write error: ${error.reason}`, 1)
  }
}
