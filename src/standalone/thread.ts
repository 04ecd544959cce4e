// Another thread of the one executable, as bin/thread.cjs is the command's.
import { workerData } from 'node:worker_threads'
import type { ThreadStart } from '../threads.js'

const start = workerData as ThreadStart
globalThis.sluiceKernel = start.kernel
const { serveThread } = await import('../threads.js')
await serveThread(start)
