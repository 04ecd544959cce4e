import { Signal, type Task } from '../../base/task.js'

/** Remembers that it rang until the next wait, so that what happens while the stage is busy is not missed. */
export interface Alarm {
  ring(): void
  wait(): Task<void>
}

export function createAlarm(): Alarm {
  const rung = new Signal()
  let hasRung = false
  return {
    ring() {
      hasRung = true
      rung.wake()
    },
    *wait() {
      while (!hasRung) yield rung
      hasRung = false
    },
  }
}
