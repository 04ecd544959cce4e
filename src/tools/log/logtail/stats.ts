import type { StageIo } from '../../../base/tool.js'
import type { Tally } from './view.js'

/** Writes a line about what went out at every interval; `tally` is where it is counted. */
export function createReport(
  milliseconds: number,
  io: StageIo,
): { readonly tally: Tally; readonly end: () => void } {
  const tally: Tally = { lines: 0, bytes: 0, errors: 0 }
  const timer = setInterval(() => {
    const seconds = milliseconds / 1000
    const { lines, bytes, errors } = tally
    Object.assign(tally, { lines: 0, bytes: 0, errors: 0 })
    io.stderr.text(
      `${io.name}: ${lines} lines, ${(lines / seconds).toFixed(1)}/s, ${(bytes / seconds / 1000).toFixed(1)} kB/s, ${errors} errors\n`,
    )
  }, milliseconds)
  return { tally, end: () => clearInterval(timer) }
}
