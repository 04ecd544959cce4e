import { join } from 'node:path'

/** What another thread of this process runs; bundles lie as deep in the package as this file does. */
export const threadFile = join(import.meta.dirname, '../../bin/thread.cjs')
