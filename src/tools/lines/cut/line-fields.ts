import type { Input, Output } from '../../../base/io.js'
import type { Task } from '../../../base/task.js'
import { wholeLines } from '../../../kernel/index.js'
import type { Cut } from './plan.js'

/**
 * Cuts where the delimiter is the line end itself: the whole input is one line, and its lines are the fields. The
 * very last line end delimits nothing.
 */
export function* cutLines(input: Input, stdout: Output, cut: Cut): Task<void> {
  const lines = wholeLines(input, cut.lineEnd)
  const isFirstSelected = cut.ranges[0]?.first === 1n
  let field = 0n
  let range = 0
  let isJoined = false
  for (let batch = yield* lines.read(); batch !== undefined; batch = yield* lines.read()) {
    for (let at = 0; at < batch.length;) {
      const found = batch.indexOf(cut.lineEnd, at)
      const end = found < 0 ? batch.length : found
      field++
      if (field === 1n && found < 0) {
        if (!cut.onlyDelimited) stdout.append(batch)
        if (!cut.onlyDelimited) stdout.byte(cut.lineEnd)
        return
      }
      while (field > (cut.ranges[range]?.last ?? field)) range++
      if (field >= (cut.ranges[range]?.first ?? field + 1n)) {
        if (isJoined) stdout.append(cut.joint)
        stdout.append(batch.subarray(at, end))
        isJoined = true
      }
      at = end + 1
    }
    yield* stdout.flush()
  }
  const isAlone = field === 1n && cut.onlyDelimited && !isFirstSelected
  if (field > 0n && !isAlone) stdout.byte(cut.lineEnd)
}
