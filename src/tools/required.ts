import { SystemError, ToolError } from '../base/error.js'
import { quoteFile } from '../base/quote.js'

/** Opens a file that the tool cannot do without. Throws `ToolError`: `FILE: REASON`. */
export function required<Stream>(file: string, open: (file: string) => Stream): Stream {
  try {
    return open(file)
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new ToolError(`${quoteFile(file)}: ${error.reason}`)
  }
}
