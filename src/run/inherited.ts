import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { SystemError } from '../base/error.js'
import { streamDescriptor } from '../base/path.js'

/** A descriptor that this process was started with. */
export interface Inherited {
  readonly descriptor: number
  readonly isWritten: boolean
}

/**
 * The descriptors from 3 on that this process was started with: to be asked before it opens files. Those of its runtime are
 * event polls, counters and pipes to itself, on the lowest numbers that were free: below the first of them none is its own.
 */
export function inherited(): Inherited[] {
  const links = openLinks()
  const firstOwn = [...links].find(([, link]) => isEventFile(link))?.[0] ?? Infinity
  const isInherited = ([descriptor, link]: readonly [number, string]): boolean =>
    descriptor < firstOwn || !(isEventFile(link) || isOwnPipe(link, links))
  return [...links].filter(isInherited).flatMap(([descriptor]) => {
    const access = accessOf(descriptor)
    return access === undefined ? [] : [{ descriptor, isWritten: access === 'write' }]
  })
}

/** To the user, the descriptors of the runtime are not there: reading from one would wait for ever. Throws `SystemError`. */
export function refuseOwn(path: string): void {
  const number = streamDescriptor(path) ?? 0
  if (number > 2 && !inherited().some(({ descriptor }) => descriptor === number))
    throw new SystemError('ENOENT')
}

/** What the descriptors from 3 on are open on, by number; none where there is no /proc. */
function openLinks(): Map<number, string> {
  const links = new Map<number, string>()
  try {
    const numbers = readdirSync(folder).map(Number)
    for (const number of numbers.sort((a, b) => a - b)) {
      const link = number < 3 ? undefined : linkOf(number)
      if (link !== undefined) links.set(number, link)
    }
  } catch {
    // There is no /proc here.
  }
  return links
}

const folder = '/proc/self/fd'

/** Undefined for the descriptor that the folder itself was read with. */
function linkOf(descriptor: number): string | undefined {
  try {
    return readlinkSync(`${folder}/${descriptor}`)
  } catch {
    return undefined
  }
}

function isEventFile(link: string): boolean {
  return link.startsWith('anon_inode:')
}

/** Both of its ends are here. */
function isOwnPipe(link: string, links: ReadonlyMap<number, string>): boolean {
  return link.startsWith('pipe:') && [...links.values()].filter((other) => other === link).length > 1
}

/** proc_pid_fdinfo(5): the open flags, in octal. */
function accessOf(descriptor: number): 'read' | 'write' | undefined {
  try {
    const info = readFileSync(`/proc/self/fdinfo/${descriptor}`, 'latin1')
    return /^flags:\t\d*1$/m.test(info) ? 'write' : 'read'
  } catch {
    return undefined
  }
}
