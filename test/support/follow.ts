import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { expect, onTestFinished } from 'vitest'
import { shim } from './engines.js'

/** What is done to the files, and what the follower has written then, in all, on one of its streams. */
export interface FollowStep {
  readonly act?: (at: (name: string) => string) => void
  readonly stdout?: string
  readonly stderr?: string
}

export interface FollowScenario {
  readonly title: string
  readonly args: readonly string[]
  readonly files: Readonly<Record<string, string>>
  /** Each begins when the one before it has shown its effect. */
  readonly steps: readonly FollowStep[]
  /** The code it ends with by itself after the last step; otherwise it is ended. */
  readonly exit?: number
}

export type Follower = ChildProcessByStdio<null, Readable, Readable>

/** Commands that follow files. */
export const followers = {
  GNU: ['tail'],
  ours: [process.execPath, shim, 'tail'],
} as const satisfies Record<string, readonly [string, ...string[]]>

type Command = readonly [string, ...string[]]

/** Starts one; what is left of it and of its children ends with the test. */
export function start([command, ...first]: Command, args: readonly string[], cwd: string): Follower {
  const { PATH = '' } = process.env
  const follower = spawn(command, [...first, ...args], {
    cwd,
    env: { PATH, LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  onTestFinished(() => {
    try {
      if (follower.pid !== undefined) process.kill(-follower.pid, 'SIGKILL')
    } catch {
      // All of the group have ended.
    }
  })
  return follower
}

/** Plays a scenario, and holds the follower to every word of it. */
export async function play(scenario: FollowScenario, follower: Command): Promise<void> {
  await inFolder(scenario.files, async (cwd) => {
    const process = start(follower, scenario.args, cwd)
    const told = listen(process)
    for (const { act, stdout, stderr } of scenario.steps) {
      act?.((name) => join(cwd, name))
      if (stdout !== undefined) await told.until('stdout', stdout)
      if (stderr !== undefined) await told.until('stderr', stderr)
    }
    if (scenario.exit === undefined) process.kill('SIGTERM')
    const end = await told.end
    const last = (stream: 'stdout' | 'stderr'): string =>
      scenario.steps.findLast((step) => step[stream] !== undefined)?.[stream] ?? ''
    expect({ ...told.sofar, end }).toEqual({
      stdout: last('stdout'),
      stderr: last('stderr'),
      end: scenario.exit ?? 'SIGTERM',
    })
  })
}

export async function inFolder(
  files: Readonly<Record<string, string>>,
  use: (cwd: string) => Promise<void>,
): Promise<void> {
  const cwd = mkdtempSync(join(tmpdir(), 'sluice-follow-'))
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(cwd, name), content)
    await use(cwd)
  } finally {
    rmSync(cwd, { recursive: true, force: true })
  }
}

/** Gathers what a follower writes. */
export function listen(process: Follower): {
  readonly sofar: { stdout: string; stderr: string }
  readonly end: Promise<number | NodeJS.Signals | null>
  until(stream: 'stdout' | 'stderr', text: string): Promise<void>
} {
  const sofar = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const)
    process[stream].on('data', (piece: Buffer) => (sofar[stream] += piece.toString('latin1')))
  const end = once(process, 'close').then(() => process.signalCode ?? process.exitCode)
  return {
    sofar,
    end,
    async until(stream, text) {
      while (sofar[stream].length < text.length) {
        const next = await Promise.race([once(process[stream], 'data'), end])
        if (!Array.isArray(next)) break
      }
      expect(sofar[stream]).toBe(text)
    },
  }
}
