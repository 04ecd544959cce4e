import { accessSync, constants, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { systemPath } from './base/bytes.js'
import type { Place } from './lookup.js'
import type { Machine } from './optimise/rule.js'

/** What the optimiser may count on in this process; all cores when `threads` is undefined. */
export function thisMachine({ cwd }: Pick<Place, 'cwd'>, threads?: number): Machine {
  return {
    get threads() {
      return threads ?? cores()
    },
    leastDivided,
    sizeOf: (path) => readableSize(resolve(cwd, path)),
  }
}

/** Asked for only where a file is large: most runs need no count, and loading the module takes its time. */
function cores(): number {
  return Math.min(process.getBuiltinModule('node:os').availableParallelism(), mostThreads)
}

/** The memory that stages may take is divided among the threads. */
const mostThreads = 8
/** Bytes for which one thread takes some times as long as another one needs to start. */
const leastDivided = 64 * 1024 * 1024

function readableSize(path: string): number | undefined {
  try {
    const place = systemPath(path)
    accessSync(place, constants.R_OK)
    const stat = statSync(place)
    return stat.isFile() ? stat.size : undefined
  } catch {
    return undefined
  }
}
