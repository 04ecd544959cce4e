// Programs that run beside the benchmark: where they listen, what they have open, what memory they took.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export const sluice = [process.execPath, new URL('../../bin/sluice.cjs', import.meta.url).pathname]

/** Starts a command; `stop` ends it and gives the peak of its memory in MB. */
export function start([command, ...args], stdio = ['ignore', 'ignore', 'inherit']) {
  const child = spawn(command, args, { stdio, env: { ...process.env, LC_ALL: 'C' } })
  const ended = once(child, 'exit')
  return {
    child,
    ended,
    async stop() {
      const megabytes = peakOf(child.pid)
      child.kill('SIGKILL')
      await ended
      return megabytes
    },
  }
}

/** The peak of a process's memory so far, in MB; 0 when it is gone. */
function peakOf(pid) {
  try {
    return Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

/** Resolves when somebody listens at a port of the loopback address. */
export async function untilListening(port) {
  const entry = new RegExp(`: \\S+:${port.toString(16).toUpperCase().padStart(4, '0')} \\S+ 0A `)
  await until(() => ['tcp', 'tcp6'].some((table) => entry.test(readFileSync(`/proc/net/${table}`, 'latin1'))))
}

/** Resolves when a process has a file open. */
export async function untilOpen(pid, path) {
  const folder = `/proc/${pid}/fd`
  const target = (fd) => {
    try {
      return readlinkSync(`${folder}/${fd}`)
    } catch {
      return undefined
    }
  }
  await until(() => readdirSync(folder).some((fd) => target(fd) === path))
}

async function until(isSo) {
  for (let tries = 0; !isSo(); tries++) {
    if (tries > 1000) throw new Error('a program did not start')
    await pause(10)
  }
}

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}
