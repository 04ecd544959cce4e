// The thread that waits for descriptors: see readiness.ts. It is told what to wait for by messages, with a byte in a
// pipe for each, and tells what is ready; that is not waited for again until it is told so.
import { readSync } from 'node:fs'
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import type { NumberedWait } from './readiness.js'
import { event, poll } from './system.js'

const alarm = { fd: workerData as number, events: event.readable }
const alarms = Buffer.alloc(64)
let waits: readonly NumberedWait[] = []

for (;;) {
  const [isTold, ...areReady] = poll([alarm, ...waits], -1)
  const ready = waits.filter((_, index) => areReady[index] === true)
  if (ready.length > 0) parentPort?.postMessage(ready.map(({ id }) => id))
  waits = waits.filter((wait) => !ready.includes(wait))
  if (isTold === true) waits = latestMessage() ?? waits
}

function latestMessage(): readonly NumberedWait[] | undefined {
  readSync(alarm.fd, alarms)
  let latest: readonly NumberedWait[] | undefined
  while (parentPort !== null) {
    const received = receiveMessageOnPort(parentPort) as { message: readonly NumberedWait[] } | undefined
    if (received === undefined) break
    latest = received.message
  }
  return latest
}
