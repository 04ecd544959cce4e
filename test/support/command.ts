import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { linkedTools, shim } from './engines.js'

export interface CommandResult {
  readonly stdout: string
  readonly stderr: string
  /** The exit code, or the name of the signal that ended it. */
  readonly end: number | NodeJS.Signals | null
}

interface CommandOptions {
  readonly input?: string | Uint8Array
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Runs the `sluice` command to its end. */
export function sluice(args: readonly string[], options: CommandOptions = {}): CommandResult {
  return runToEnd(process.execPath, [shim, ...args], options)
}

/** Runs a bash script in which `sluice` and our tools under their short names and `sluice-` names are commands. */
export function bash(script: string, options: CommandOptions = {}): CommandResult {
  return runToEnd('bash', ['--norc', '-c', script], { ...options, env: { ...options.env, ...withTools() } })
}

function withTools(): { PATH: string; SLUICE: string; TOOLS: string } {
  const tools = linkedTools()
  const { PATH = '' } = process.env
  return { PATH, SLUICE: shim, TOOLS: tools }
}

function runToEnd(
  path: string,
  args: readonly string[],
  { input = '', cwd, env }: CommandOptions,
): CommandResult {
  const { PATH = '', TMPDIR = '/tmp' } = process.env
  const result = spawnSync(path, args, {
    input,
    cwd,
    env: { PATH, TMPDIR, LC_ALL: 'C', ...env },
    maxBuffer: 1 << 30,
    timeout: 60_000,
  })
  if (result.error !== undefined) throw result.error
  return {
    stdout: result.stdout.toString(),
    stderr: result.stderr.toString(),
    end: result.signal ?? result.status,
  }
}

export type Running = ChildProcessByStdio<Writable, Readable, Readable>

/** Starts the `sluice` command, for tests that talk to it while it runs. */
export function startSluice(args: readonly string[], options: CommandOptions = {}): Running {
  const { PATH = '', TMPDIR = '/tmp' } = process.env
  return spawn(process.execPath, [shim, ...args], {
    cwd: options.cwd,
    env: { PATH, TMPDIR, LC_ALL: 'C', ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
}

/** Waits until the process has written `text`, and gives all it has written so far. */
export async function written(process: Running, text: string): Promise<string> {
  let sofar = ''
  for await (const piece of process.stdout.iterator({ destroyOnReturn: false })) {
    sofar += String(piece)
    if (sofar.includes(text)) return sofar
  }
  throw new Error(`it ended before it wrote ${text}: ${sofar}`)
}

export async function ended(process: Running): Promise<number | NodeJS.Signals | null> {
  if (process.exitCode !== null || process.signalCode !== null) return process.signalCode ?? process.exitCode
  const [code, signal] = (await once(process, 'exit')) as [number | null, NodeJS.Signals | null]
  return signal ?? code
}
