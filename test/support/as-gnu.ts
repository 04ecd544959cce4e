import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { expect } from 'vitest'
import { runToolHere } from './run-tool.js'

/** Holds a tool to what GNU's writes and returns. Small reads make many batches. */
export async function expectAsGnu(
  tool: 'comm' | 'fmt' | 'grep' | 'sed' | 'tr' | 'uniq',
  args: readonly string[],
  stdin: Buffer,
  readSize: number,
): Promise<void> {
  const { PATH = '' } = process.env
  const real = spawnSync(tool, args, { env: { PATH, LC_ALL: 'C' }, input: stdin })
  const own = await runToolHere({ tool, args, stdin, cwd: tmpdir(), env: {}, readSize })
  expect([own.exit, own.stdout.toString('latin1')]).toEqual([real.status, real.stdout.toString('latin1')])
}
