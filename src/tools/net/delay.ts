import { Signal, type Task } from '../../base/task.js'

/** Ends after that time; Infinity is never. For `race`. */
export function* delay(milliseconds: number): Task<void> {
  const over = new Signal()
  let isOver = false
  const timer = setTimeout(
    () => {
      isOver = milliseconds !== Infinity
      over.wake()
    },
    Math.min(milliseconds, longestDelay),
  )
  try {
    while (!isOver) yield over
  } finally {
    clearTimeout(timer)
  }
}

/** The longest delay that timers take, in milliseconds. */
export const longestDelay = 2 ** 31 - 1
