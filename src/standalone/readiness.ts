import { writeSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { openPipe, type Wait } from './system.js'

/**
 * Calls `ready` once when one of the events has come to a descriptor, beside all other work: Bun's sockets do not wait
 * on a descriptor that they are given, so a thread does. The returned function takes the wait back.
 */
export function whenReady({ fd, events }: Wait, ready: () => void): () => void {
  const id = next++
  waiting.set(id, { id, fd, events, ready })
  update()
  return () => {
    if (waiting.delete(id)) update()
  }
}

/** What the thread is told to wait for. */
export interface NumberedWait extends Wait {
  readonly id: number
}

let next = 1
const waiting = new Map<number, NumberedWait & { readonly ready: () => void }>()
let thread: { tell(waits: readonly NumberedWait[]): void } | undefined

/** Tells the thread what to wait for from now on. */
function update(): void {
  thread ??= startThread()
  thread.tell([...waiting.values()].map(({ id, fd, events }) => ({ id, fd, events })))
}

function startThread(): { tell(waits: readonly NumberedWait[]): void } {
  const { read, write } = openPipe()
  const worker = new Worker(new URL('./waiter.js', import.meta.url), { workerData: read })
  worker.on('message', (ids: readonly number[]) => {
    for (const id of ids) {
      const wait = waiting.get(id)
      waiting.delete(id)
      wait?.ready()
    }
  })
  return {
    tell(waits) {
      worker.postMessage(waits)
      // It waits where no message reaches it.
      writeSync(write, alarm)
    },
  }
}

const alarm = Buffer.alloc(1)
