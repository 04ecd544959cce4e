import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { system, ToolError } from '../base/error.js'
import { builtin } from './builtin.js'

/** A kernel pipe: the two ends are descriptors of this process, each an open file description of its own. */
export interface KernelPipe {
  readonly read: number
  readonly write: number
}

/**
 * Makes kernel pipes. Node joins children by socket pairs, where a writer ends with ECONNRESET and not by SIGPIPE,
 * and `/dev/stdin` cannot be opened; a FIFO is a pipe once both of its ends are open. Its name is removed at once.
 */
export function makePipes(count: number, temporaryFolder: string): readonly KernelPipe[] {
  if (count === 0) return []
  const folder = system(() => mkdtempSync(join(temporaryFolder, 'sluice-')))
  try {
    const paths = Array.from({ length: count }, (_, index) => join(folder, String(index)))
    const { spawnSync } = builtin.childProcess()
    const made = spawnSync('mkfifo', ['-m', '600', ...paths], { stdio: ['ignore', 'ignore', 'pipe'] })
    if (made.status !== 0) {
      const reason = made.error?.message ?? made.stderr.toString().trim()
      throw new ToolError(`cannot make a pipe in ${temporaryFolder}: ${reason}`)
    }
    return paths.map(openBothEnds)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Opening one end of a FIFO waits for the other; a descriptor open for both ends that wait. */
function openBothEnds(path: string): KernelPipe {
  return system(() => {
    const both = openSync(path, constants.O_RDWR | constants.O_NONBLOCK)
    try {
      return { read: openSync(path, constants.O_RDONLY), write: openSync(path, constants.O_WRONLY) }
    } finally {
      closeSync(both)
    }
  })
}
