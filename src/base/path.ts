const names: Readonly<Record<string, number>> = {
  '-': 0,
  '/dev/stdin': 0,
  '/dev/stdout': 1,
  '/dev/stderr': 2,
}

/**
 * The descriptor that an operand names, so that it means the stage's own stream and not the process's:
 * `-`, `/dev/stdin`, `/dev/fd/N`. Undefined for every other path.
 */
export function streamDescriptor(path: string): number | undefined {
  const number = /^\/(?:dev|proc\/self)\/fd\/(\d+)$/.exec(path)?.[1]
  return number === undefined ? names[path] : Number(number)
}

/** The folder that this process stands in, also where it was removed: then nothing is found in it. */
export function workingFolder(): string {
  try {
    return process.cwd()
  } catch {
    return '/proc/self/cwd'
  }
}
