'use strict'
// Another thread of a run: its kernels are made of what the first thread gives it.
const { workerData } = require('node:worker_threads')

globalThis.sluiceKernel = workerData.kernel
require('./load.cjs').serveThread(workerData)
