import { batchSize, type Output } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import { allocate, bytesAt, grownSize, release } from '../../../kernel/index.js'
import type { Separator, Turned } from './separator.js'

/** Where the records are read from. */
interface Source {
  readonly size: number
  /** Fills `room` with the bytes from an offset on. Throws `SystemError`. */
  readAt(offset: number, room: Buffer): void
}

/** Writes the records, the last first, holding little more than the longest. Throws `SystemError`. */
export function* turn({ size, readAt }: Source, separator: Separator, output: Output): Task<void> {
  // What is left over of a window stands at the block's end, so that the bytes before it can be read in front.
  let block = takeBlock(2 * batchSize)
  let rest: Turned = { end: 0, limit: 0 }
  try {
    for (let position = size; position > 0;) {
      const step = nextStep(position, rest.end, separator)
      if (step + rest.end > block.length) {
        const larger = takeBlock(grownSize(step + rest.end, step + rest.end))
        larger.set(leftOver(), larger.length - rest.end)
        release(block.byteOffset)
        block = larger
      }
      position -= step
      const from = block.length - rest.end - step
      const window = block.subarray(from)
      readAt(position, window.subarray(0, step))
      rest = turnWindow(window, rest.limit + step, separator, output)
      yield* output.flush()
      block.copyWithin(block.length - rest.end, from, from + rest.end)
    }
    output.append(leftOver())
    yield* output.flush()
  } finally {
    release(block.byteOffset)
  }

  function leftOver(): Buffer {
    return block.subarray(block.length - rest.end)
  }
}

/** How many bytes come in front of those left over: more where records are long, so that few are looked at twice. */
function nextStep(position: number, left: number, { length }: Separator): number {
  return Math.min(position, Math.max(batchSize, left, 2 * length))
}

function turnWindow(window: Buffer, limit: number, separator: Separator, output: Output): Turned {
  const room = bytesAt(output.reserve(window.length), window.length)
  const turned = separator.turn(window, limit, room)
  output.advance(window.length - turned.end)
  return turned
}

function takeBlock(size: number): Buffer {
  return bytesAt(allocate(size), size)
}
