import type { Input } from '../base/io.js'
import type { Task } from '../base/task.js'
import { GrowingBytes, wholeLines, type WholeLines } from '../kernel/index.js'

/** Lines of an input that lie together in kernel memory: those that a stage still looks at, and the newest ones. */
export interface LineWindow {
  /** The addresses where the first line begins and the last one ends. */
  readonly start: number
  readonly end: number
  /** Whether the input has no more lines. */
  readonly isLast: boolean
  /**
   * Drops the lines before the address `from` and reads on. The lines kept may move. Every line ends with the
   * delimiter, also when the input's last one does not. Throws `SystemError`.
   */
  extend(from: number): Task<void>
}

/** The lines of what `open` gives, which is called at the first reading. */
export function lineWindow(open: () => Input, delimiter: number): LineWindow {
  const held = new GrowingBytes()
  const lineEnd = Buffer.of(delimiter)
  let source: WholeLines | undefined
  let isLast = false

  return {
    get start() {
      return held.bytes.byteOffset
    },
    get end() {
      return held.bytes.byteOffset + held.length
    },
    get isLast() {
      return isLast
    },
    *extend(from) {
      if (source === undefined) {
        const input = open()
        input.onClose(() => held.free())
        source = wholeLines(input, delimiter)
      }
      const batch = yield* source.read()
      if (held.length > 0) held.drop(from - held.bytes.byteOffset)
      isLast = batch === undefined
      if (batch === undefined) return
      held.append(batch)
      if (batch.at(-1) !== delimiter) held.append(lineEnd)
    },
  }
}

/**
 * Extends the window for a kernel. `side` is what the kernel knows of it: addresses in it, the first of them that of
 * the first line still looked at, then where its lines end and whether they are the last.
 */
export function* extendSide(window: LineWindow, side: Uint32Array, addresses: number): Task<void> {
  const from = side[0] ?? 0
  yield* window.extend(from)
  const distance = window.start - from
  for (const [index, address] of side.subarray(0, addresses).entries()) side[index] = address + distance
  side[addresses] = window.end
  side[addresses + 1] = Number(window.isLast)
}
