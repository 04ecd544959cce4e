import { closeSync, openSync, readFileSync, readSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { SystemError, system, ToolError } from '../base/error.js'
import { builtin } from './builtin.js'

/** A kernel pipe: the two ends are descriptors of this process, each an open file description of its own. */
export interface KernelPipe {
  readonly read: number
  readonly write: number
}

/**
 * Makes kernel pipes. Node joins children by socket pairs, where a writer ends with ECONNRESET and not by SIGPIPE,
 * and `/dev/stdin` cannot be opened. A FIFO will not do either: who opens it again (`/dev/fd/63`) waits for a writer
 * that may have ended already. So a shell makes real pipes, and this process opens them through /proc.
 */
export function makePipes(count: number, temporaryFolder: string): readonly KernelPipe[] {
  while (spare.length < count) {
    // Most pipelines need no more than they begin with; one that comes back is going to come again.
    const missing = hasMade ? atATime : Math.min(count - spare.length, atATime)
    makeSome(missing, temporaryFolder)
    hasMade = true
  }
  return spare.splice(0, count)
}

export function makePipe(temporaryFolder: string): KernelPipe {
  const [pipe] = makePipes(1, temporaryFolder)
  if (pipe === undefined) throw new ToolError('cannot make a pipe')
  return pipe
}

/** Pipes that wait for their use: starting a shell takes milliseconds. */
const spare: KernelPipe[] = []
let hasMade = false

/** POSIX shells redirect descriptors of one digit; those from 3 to 9 are free. */
const firstDescriptor = 3
const atATime = 7

/** Adds pipes to the spare ones. */
function makeSome(count: number, temporaryFolder: string): void {
  const { spawn } = builtin.childProcess()
  const note = openNote(temporaryFolder)
  // In a session of its own: Ctrl-C would end it before this process has what it waits for.
  const shell = spawn('sh', ['-c', holder(count)], {
    stdio: ['ignore', note, 'ignore'],
    env: { PATH: placesOfPrograms() },
    detached: true,
  })
  shell.on('error', () => undefined)
  shell.unref()
  if (shell.pid === undefined) throw new ToolError('cannot make a pipe: there is no `sh`')
  const pid = readNote(note, shell.pid)
  try {
    for (let index = 0; index < count; index++)
      spare.push(openEnds(`/proc/${pid}/fd/${firstDescriptor + index}`))
  } finally {
    closeSync(note)
    process.kill(pid, 'SIGKILL')
  }
}

/** Where `sh` and `sleep` are found. An empty part would stand for the working folder. */
function placesOfPrograms(): string {
  const places = [process.env['PATH'] ?? '', '/usr/bin', '/bin']
  return places.filter((place) => place !== '').join(':')
}

function openEnds(path: string): KernelPipe {
  const read = system(() => openSync(path, 'r'))
  try {
    return { read, write: system(() => openSync(path, 'w')) }
  } catch (error) {
    closeSync(read)
    throw error
  }
}

/**
 * A script whose innermost process holds a pipe at each descriptor, says its number, and waits to be ended. To a shell
 * within the shell `$$` is the outer one, so it reads its own number.
 */
function holder(count: number): string {
  let script = 'read number rest </proc/self/stat; echo $number; exec sleep 10'
  for (let index = count - 1; index >= 0; index--)
    script = `: | { exec ${firstDescriptor + index}<&0; ${script}; }`
  return script
}

/**
 * A file without a name, for the shell to write into: it can be read here without the event loop. It is in memory where
 * that can be, because the temporary folder may be full.
 */
function openNote(temporaryFolder: string): number {
  const name = `sluice-${process.pid}-${process.hrtime.bigint()}`
  try {
    return openUnnamed(join('/dev/shm', name))
  } catch {
    try {
      return openUnnamed(join(temporaryFolder, name))
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      throw new ToolError(`cannot make a pipe: no file can be made in ${temporaryFolder}: ${error.reason}`)
    }
  }
}

function openUnnamed(path: string): number {
  const file = system(() => openSync(path, 'wx+', 0o600))
  unlinkSync(path)
  return file
}

function readNote(note: number, shell: number): number {
  const bytes = Buffer.alloc(32)
  const deadline = performance.now() + patienceMilliseconds
  while (performance.now() < deadline) {
    const hasEnded = isZombie(shell)
    const text = bytes.toString('latin1', 0, readSync(note, bytes, 0, bytes.length, 0))
    if (text.endsWith('\n')) return Number(text)
    if (hasEnded) throw new ToolError('cannot make a pipe: the shell ended before it had made one')
    Atomics.wait(pauseCell, 0, 0, 0.1)
  }
  throw new ToolError('cannot make a pipe: the shell does not answer')
}

/** A busy machine may take seconds to start a shell. */
const patienceMilliseconds = 30_000

/** Whether a child has ended, which nobody has been told yet. */
function isZombie(pid: number): boolean {
  return /^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'))
}

const pauseCell = new Int32Array(new SharedArrayBuffer(4))
