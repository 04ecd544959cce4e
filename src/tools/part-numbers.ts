import type { Input } from '../base/io.js'
import type { Task } from '../base/task.js'

/** The number that each part of a divided stage wrote. */
export function* partNumbers(parts: readonly Input[]): Task<number[]> {
  const numbers: number[] = []
  for (const part of parts) {
    let text = ''
    for (let batch = yield* part.read(); batch !== undefined; batch = yield* part.read())
      text += batch.toString()
    numbers.push(Number(text))
  }
  return numbers
}
