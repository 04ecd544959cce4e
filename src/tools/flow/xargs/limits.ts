import type { Environment } from '../../../base/tool.js'

/** What Linux gives arguments and environment together with a stack of 8 MiB, in bytes. */
const systemLimit = 2 ** 21
/** What POSIX has a system leave to its own use. */
const reserve = 2048
/** The size of a command where `-s` names none. */
const preferredSize = 128 * 1024

/** The most bytes that a command's arguments may take in this environment. */
export function argumentLimit(env: Environment): number {
  return systemLimit - reserve - environmentSize(env)
}

export function usualSize(env: Environment): number {
  return Math.min(preferredSize, argumentLimit(env))
}

/** What `--show-limits` says. */
export function describeLimits(env: Environment, size: number): string {
  const limit = argumentLimit(env)
  const environment = environmentSize(env)
  return `Your environment variables take up ${environment} bytes
POSIX upper limit on argument length (this system): ${limit}
POSIX smallest allowable upper limit on argument length (all systems): 4096
Maximum length of command we could actually use: ${limit - environment}
Size of command buffer we are actually using: ${size}
Maximum parallelism (--max-procs must be no greater): 2147483647
`
}

function environmentSize(env: Environment): number {
  return Object.entries(env).reduce(
    (sum, [name, value]) => (value === undefined ? sum : sum + Buffer.byteLength(`${name}=${value}`) + 1),
    0,
  )
}
