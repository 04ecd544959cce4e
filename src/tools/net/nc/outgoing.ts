import type { Input, Output } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import { delay } from '../delay.js'
import type { TrafficSettings } from './settings.js'

/** How the batch last read from standard input is sent. */
export function outgoing(
  { crlf, interval }: Pick<TrafficSettings, 'crlf' | 'interval'>,
  stdin: Input,
  toPeer: Output,
): (batch: Buffer) => Task<void> {
  let last: number | undefined
  if (interval !== undefined) return sendLines
  if (crlf) return sendConverted
  return () => stdin.pass(toPeer)

  function* sendLines(batch: Buffer): Task<void> {
    for (const line of linesOf(batch)) {
      yield* sendConverted(line)
      if (last === newline) yield* delay(interval ?? 0)
    }
  }

  function* sendConverted(bytes: Buffer): Task<void> {
    for (const line of linesOf(bytes)) {
      const before = line.length > 1 ? line.at(-2) : last
      last = line.at(-1)
      if (crlf && last === newline && before !== carriageReturn) {
        toPeer.append(line.subarray(0, -1))
        toPeer.append(lineEnd)
      } else toPeer.append(line)
    }
    yield* toPeer.flush()
  }
}

/** The lines, each with its newline; the last one may have none. */
function* linesOf(bytes: Buffer): Generator<Buffer, void, void> {
  for (let from = 0; from < bytes.length;) {
    const at = bytes.indexOf(newline, from)
    const to = at < 0 ? bytes.length : at + 1
    yield bytes.subarray(from, to)
    from = to
  }
}

const newline = 0x0a
const carriageReturn = 0x0d
const lineEnd = Buffer.from('\r\n')
