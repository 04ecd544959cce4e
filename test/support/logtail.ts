import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { shim } from './engines.js'
import { type Follower, start } from './follow.js'

/** Starts `logtail`; what is left of it ends with the test. */
export function startLogtail(args: readonly string[], cwd: string): Follower {
  return start([process.execPath, shim, 'logtail'], args, cwd)
}

/** Gathers the bytes that a follower writes, and waits for some. */
export function gather(follower: Follower): {
  readonly bytes: () => Buffer
  untilEndsWith(text: string): Promise<void>
} {
  const pieces: Buffer[] = []
  follower.stdout.on('data', (piece: Buffer) => pieces.push(piece))
  const bytes = (): Buffer => Buffer.concat(pieces)
  const last = (): string => Buffer.concat(pieces.slice(-2)).toString('latin1')
  return {
    bytes,
    async untilEndsWith(text) {
      const end = once(follower, 'close').then(() => 'ended' as const)
      while (!last().endsWith(text)) {
        if ((await Promise.race([once(follower.stdout, 'data'), end])) === 'ended') return
      }
    },
  }
}

export interface Rotations {
  readonly how: 'rename' | 'copytruncate'
  readonly count: number
  readonly linesBetween: number
}

/** Starts a process that writes 50,000 lines a second to a log and rotates it meanwhile. */
export function startWriter(log: string, { how, count, linesBetween }: Rotations): ChildProcess {
  const script = join(import.meta.dirname, 'rotating-writer.mjs')
  return spawn(process.execPath, [script, log, how, String(count), String(linesBetween)], {
    stdio: 'inherit',
  })
}

/** How often each line was written out that the writer wrote: lines lost, lines doubled, and others. */
export function compare(
  output: Buffer,
  { how, count, linesBetween }: Rotations,
): { readonly lost: number; readonly doubled: number; readonly strange: readonly string[] } {
  const cutLines = how === 'copytruncate' ? Math.ceil(count / 3) : 0
  const times = new Map<string, number>()
  for (const line of output.toString('latin1').split(/(?<=\n)/)) times.set(line, (times.get(line) ?? 0) + 1)
  let lost = times.delete('end\n') ? 0 : 1
  let doubled = 0
  for (let number = 0; number < count * linesBetween + cutLines; number++) {
    const line = `${number} ${'x'.repeat(number % 100)}\n`
    const seen = times.get(line) ?? 0
    if (seen === 0) lost++
    else doubled += seen - 1
    times.delete(line)
  }
  return { lost, doubled, strange: [...times.keys()] }
}

/**
 * Runs `logtail` again and again, and ends each run with the signal after some pieces of output, until the log's end is
 * there. Returns what each run wrote.
 */
export async function interrupted(
  args: readonly string[],
  cwd: string,
  signal: 'SIGTERM' | 'SIGKILL',
): Promise<Buffer[]> {
  const outputs: Buffer[] = []
  for (let run = 0; !outputs.at(-1)?.toString('latin1').endsWith('end\n'); run++) {
    const follower = startLogtail(args, cwd)
    const pieces: Buffer[] = []
    let left = 3 + ((run * 7919) % 61)
    const closed = once(follower, 'close')
    follower.stdout.on('data', (piece: Buffer) => {
      pieces.push(piece)
      if (left-- === 0 || piece.toString('latin1').endsWith('end\n')) follower.kill(signal)
    })
    await closed
    outputs.push(Buffer.concat(pieces))
  }
  return outputs
}
