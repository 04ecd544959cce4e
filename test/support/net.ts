import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import type { Readable, Writable } from 'node:stream'
import { onTestFinished } from 'vitest'
import { linkedTools, shim } from './engines.js'

/** How a program ended, and all it wrote. */
export interface ProgramEnd {
  readonly stdout: Buffer
  readonly stderr: string
  readonly end: number | NodeJS.Signals | null
}

/** A program that runs beside the test. */
export interface Program {
  readonly process: ChildProcessByStdio<Writable, Readable, Readable>
  readonly ended: Promise<ProgramEnd>
  /** Resolves with the match as soon as the stream holds it; fails when the program ends without. */
  told(stream: 'stdout' | 'stderr', text: RegExp): Promise<RegExpExecArray>
}

/** What stands on a program's standard input, before its end; `staysOpen` is nothing and no end. */
export type Stdin = string | Uint8Array | typeof staysOpen

export const staysOpen = Symbol('a standard input that stays open')

/** Starts a program; it ends with the test, with all its children. */
export function startProgram(
  [command, ...args]: readonly [string, ...string[]],
  stdin: Stdin = '',
  env: Readonly<Record<string, string>> = {},
  stdout: 'read' | 'unread' = 'read',
): Program {
  const { PATH = '', TMPDIR = '/tmp' } = process.env
  const child = spawn(command, args, {
    env: { PATH, TMPDIR, LC_ALL: 'C', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  })
  onTestFinished(() => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    } catch {
      // All of the group have ended.
    }
  })
  const streams = { stdout: [] as Buffer[], stderr: [] as Buffer[] }
  for (const stream of stdout === 'read' ? (['stdout', 'stderr'] as const) : (['stderr'] as const))
    child[stream].on('data', (piece: Buffer) => streams[stream].push(piece))
  // A program need not read all that it is given.
  child.stdin.on('error', () => undefined)
  if (stdin !== staysOpen) child.stdin.end(stdin)
  const ended = once(child, 'close').then(() => ({
    stdout: Buffer.concat(streams.stdout),
    stderr: Buffer.concat(streams.stderr).toString(),
    end: child.signalCode ?? child.exitCode,
  }))
  return {
    process: child,
    ended,
    async told(stream, text) {
      for (;;) {
        const sofar = Buffer.concat(streams[stream]).toString('latin1')
        const match = text.exec(sofar)
        if (match !== null) return match
        const next = await Promise.race([once(child[stream], 'data'), ended])
        if (!Array.isArray(next) && !text.test(next[stream].toString('latin1')))
          throw new Error(`it ended without ${text.source}: ${sofar} ${next.stderr}`)
      }
    },
  }
}

/** Starts a bash script; our tools lie in `$TOOLS`, and `$SLUICE` is the command. */
export function startScript(script: string, stdin: Stdin = ''): Program {
  return startProgram(['bash', '--norc', '-c', script], stdin, { TOOLS: linkedTools(), SLUICE: shim })
}

/** Starts our `nc`. */
export function startNc(args: readonly string[], stdin: Stdin = ''): Program {
  return startProgram([process.execPath, shim, 'nc', ...args], stdin)
}

/** Runs our `nc` to its end. */
export function runNc(args: readonly string[], stdin: Stdin = ''): Promise<ProgramEnd> {
  return startNc(args, stdin).ended
}

/** Starts our `nc -l` at a port that the system chooses. */
export async function startNcListener(
  args: readonly string[],
  stdin: Stdin = '',
): Promise<Program & { readonly port: number }> {
  const program = startNc(['-l', '-v', ...args, '127.0.0.1', '0'], stdin)
  const [, port] = await program.told('stderr', /listening at .* port (\d+)\n/)
  return { ...program, port: Number(port) }
}

/** A server of this test; it ends with it. */
export async function startTcpServer(serve: (socket: Socket) => void, host = '127.0.0.1'): Promise<number> {
  const sockets = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
    serve(socket)
  })
  await once(server.listen(0, host), 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** A port that nobody uses now. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Bytes that look like noise, the same each time. */
export function noise(size: number): Buffer {
  const block = Buffer.alloc(1 << 20)
  for (let at = 0, state = 1; at < block.length; at += 4) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    block.writeUInt32LE(state, at)
  }
  return Buffer.alloc(size, block)
}

export function checksum(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
